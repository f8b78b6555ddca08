// Adds to pages that work without it: live countdowns, typed text kept until saved, answers in place, copying.
"use strict";
(() => {
  const root = document.documentElement;
  const words = root.dataset;
  // The server's clock counts, not the reader's.
  const skew = Date.parse(words.now) - Date.now();
  const session = {
    get(key) { try { return sessionStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { sessionStorage.setItem(key, value); } catch { /* full or forbidden: the page still works */ } },
    drop(key) { try { sessionStorage.removeItem(key); } catch { /* as above */ } },
  };

  const span = (minutes) => {
    const hours = Math.floor(minutes / 60);
    const part = (pattern, n) => (n > 0 ? pattern.replace("#", n) : "");
    const parts = hours >= 48
      ? [part(words.wordDays.replace("2", "#"), Math.floor(hours / 24)), part(words.wordHours.replace("2", "#"), hours % 24)]
      : [part(words.wordHours.replace("2", "#"), hours), part(words.wordMinutes.replace("2", "#"), minutes % 60)];
    return parts.filter(Boolean).join(" ") || words.wordNothing;
  };
  // On a page of a drill the drill's own clock counts, however fast it runs; the session goes by the server's.
  const opened = Date.now();
  const here = () =>
    words.drillNow ? Date.parse(words.drillNow) + (Date.now() - opened) * Number(words.drillFactor) : Date.now() + skew;
  const tick = () => {
    for (const element of document.querySelectorAll("[data-left]:not([data-left=''])")) {
      const now = element.closest("#session") ? Date.now() + skew : here();
      const ms = Date.parse(element.dataset.left) - now;
      const pattern = ms >= 0 ? words.wordLeft : words.wordOver;
      const said = pattern.replace("#", span(Math.floor(Math.abs(ms) / 60000)));
      if (element.textContent !== said) element.textContent = said;
      element.closest(".duty, .cases > li")?.classList.toggle("over", ms < 0);
    }
  };

  // What is typed stays in this tab until the server has it. It may tell of persons, and the machine may be shared: so it
  // never reaches the disk's own store, nobody else is offered it, it is gone after half a day and when its writer signs out.
  const inside = document.querySelector("form[action='/sign-out']");
  const writer = inside?.querySelector("a")?.textContent ?? null;
  const oldest = 12 * 3600000;
  const drafts = (gone) => {
    let keys = [];
    try { keys = Object.keys(sessionStorage); } catch { /* forbidden: nothing is kept */ }
    for (const key of keys) if (key.startsWith("varsel:") && key !== "varsel:sent" && gone(session.get(key))) session.drop(key);
  };
  const draft = (key) => { try { return JSON.parse(session.get(key)); } catch { return null; } };
  drafts((text) => { try { const { by, at } = JSON.parse(text); return Date.now() - at > oldest || (writer !== null && by !== writer); } catch { return true; } });
  const keyOf = (form) => (form.dataset.keep ? `varsel:${form.dataset.keep}` : null);
  const typed = (form) => {
    const held = [];
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "password") continue;
      const mark = field.type === "radio" || field.type === "checkbox";
      if (mark ? field.checked !== field.defaultChecked : field.value !== initial(field)) {
        held.push([field.name, mark ? field.value : null, mark ? field.checked : field.value]);
      }
    }
    return held;
  };
  const initial = (field) =>
    field.tagName === "SELECT" ? ([...field.options].find((o) => o.defaultSelected) ?? field.options[0])?.value : field.defaultValue;
  const keep = (form) => {
    const key = keyOf(form);
    if (!key) return;
    const held = typed(form);
    if (held.length) session.set(key, JSON.stringify({ by: writer, at: Date.now(), held })); else session.drop(key);
  };
  const restore = (form) => {
    const key = keyOf(form);
    const kept = key && !form.hasAttribute("data-refused") && draft(key);
    if (!kept) return;
    for (const [name, value, state] of kept.held) {
      for (const field of form.elements) {
        if (field.name !== name || (value !== null && field.value !== value)) continue;
        if (value === null) field.value = state; else field.checked = state;
      }
    }
    form.closest("details")?.setAttribute("open", "");
    form.querySelector("[data-kept]")?.removeAttribute("hidden");
  };
  const wake = (within) => {
    const done = within.querySelector("[data-done]");
    const sent = session.get("varsel:sent");
    if (done && sent) session.drop(sent);
    session.drop("varsel:sent");
    for (const form of within.querySelectorAll("form[data-keep]")) restore(form);
    for (const button of within.querySelectorAll("[data-script]")) button.hidden = false;
    tick();
  };

  // The readability figure, counted as the server counts it.
  const lix = (text) => {
    const letters = (word) => (word.match(/[\p{L}\p{N}]/gu) ?? []).length;
    const all = text.split(/[^\p{L}\p{N}'-]+/u).filter((word) => letters(word));
    if (!all.length) return 0;
    let sentences = 0;
    for (const line of text.split("\n")) {
      const said = line.split(/\s+/).filter((word) => letters(word));
      if (said.length) sentences += 1 + said.slice(0, -1).filter((word) => /[.!?:]$/.test(word)).length;
    }
    return Math.round(all.length / Math.max(sentences, 1) + (100 * all.filter((word) => letters(word) > 6).length) / all.length);
  };
  const count = (field) => {
    const place = document.getElementById(field.dataset.lix ?? field.dataset.length ?? "");
    if (!place) return;
    if (!field.dataset.lix) { place.textContent = field.value.length; return; }
    const n = lix(field.value);
    const band = n < 30 ? "veryEasy" : n < 40 ? "easy" : n < 50 ? "middling" : n < 60 ? "hard" : "veryHard";
    place.textContent = `${n}, ${place.dataset[band]}`;
  };
  document.addEventListener("input", (event) => { if (event.target.form) keep(event.target.form); count(event.target); });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const key = keyOf(form);
    if (form === inside) drafts(() => true);
    if (key) session.set("varsel:sent", key);
    if (!form.hasAttribute("data-inplace") || form.method !== "post") return;
    event.preventDefault();
    const button = event.submitter;
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.append(button.name, button.value);
    if (button) button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("main");
      if (!fresh || new URL(answer.url).pathname === "/sign-in") { location.assign(answer.url); return; }
      const open = new Set([...document.querySelectorAll("details[open][id]")].map((d) => d.id));
      document.querySelector("main").replaceWith(fresh);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      document.title = page.title;
      if (answer.redirected) history.replaceState(null, "", answer.url.replace(/#.*/, ""));
      wake(fresh);
      const told = fresh.querySelector("[role=alert], [role=status]") ?? fresh;
      told.tabIndex = -1;
      // What went well is told where the reader is; what went wrong is where the reader must go.
      const well = told.hasAttribute("data-done");
      told.focus({ preventScroll: well });
      if (well) { told.classList.add("flash"); setTimeout(() => told.classList.remove("flash"), 10000); }
    } catch {
      if (button) button.disabled = false;
      form.submit();
    }
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.hasAttribute("data-copy")) {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.nextElementSibling.textContent = button.dataset.said;
    }
    if (button.hasAttribute("data-now-for")) {
      const field = document.getElementById(button.dataset.nowFor);
      const oslo = new Date(here()).toLocaleString("sv-SE", { timeZone: "Europe/Oslo" });
      field.value = oslo.replace(" ", "T").slice(0, 16);
      keep(field.form);
    }
    if (button.hasAttribute("data-forget")) {
      session.drop(keyOf(button.form));
      button.form.reset();
      button.closest("[data-kept]").hidden = true;
    }
  });

  // The session: told before it ends, and renewed on the spot, so that nothing that is typed gets lost.
  let bar = null;
  const lead = 5 * 60000;
  let ends = null, works = false, asking = false;
  const look = async () => {
    if (!inside || asking) return;
    asking = true;
    try {
      // Whoever types works, even if no page is asked for.
      const answer = await fetch(works ? "/api/v1/session?working" : "/api/v1/session", { headers: { accept: "application/json" } });
      works = false;
      if (answer.ok) ends = Date.parse((await answer.json()).ends_at);
      else if (answer.status === 401) ends = 0;
      await show();
    } catch { /* the server is away: asked again */ }
    asking = false;
  };
  const left = () => ends - (Date.now() + skew);
  const show = async () => {
    if (!bar && left() > lead) return;
    // Its words stand on the page that renews, so that no other page carries them.
    if (!bar) {
      const page = new DOMParser().parseFromString(await (await fetch("/session/renew")).text(), "text/html");
      bar = page.getElementById("session");
      document.querySelector("main").before(bar);
      bar.querySelector("a").addEventListener("click", (event) => { event.preventDefault(); renew(event.target.href); });
    }
    const over = left() <= 0;
    bar.hidden = left() > lead;
    bar.querySelector("[data-soon]").hidden = over;
    bar.querySelector("[data-over]").hidden = !over;
    if (!over) bar.querySelector("[data-left]").dataset.left = new Date(ends).toISOString();
    tick();
  };
  let asked = Date.now();
  const watch = () => {
    if (!inside || ends === null) return;
    // Other tabs may have kept it alive, so that whoever is about to tell asks first.
    const every = left() <= lead ? 15000 : works ? 120000 : Infinity;
    if ((!bar || bar.hidden) && left() <= lead || Date.now() - asked > every) { asked = Date.now(); look(); }
  };
  const put = (dialog, html) => {
    const page = typeof html === "string" ? new DOMParser().parseFromString(html, "text/html") : html;
    const main = page.querySelector("main");
    if (!main) return false;
    if (main.hasAttribute("data-renewed")) { dialog.close(); ends = null; look(); return true; }
    // The page below has its one main part and its one heading already.
    const inner = document.createElement("div");
    inner.className = "stack";
    inner.append(...main.childNodes);
    const title = document.createElement("h2");
    title.textContent = inner.querySelector("h1")?.textContent ?? "";
    inner.querySelector("h1")?.replaceWith(title);
    dialog.setAttribute("aria-label", title.textContent);
    dialog.replaceChildren(inner);
    inner.querySelector("[autofocus]")?.focus();
    return true;
  };
  const renew = async (address) => {
    const dialog = document.createElement("dialog");
    if (!put(dialog, await (await fetch(address)).text())) { location.assign(address); return; }
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      const form = event.target;
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "text/html" } });
      if (!put(dialog, await answer.text())) form.submit();
    });
    dialog.showModal();
    dialog.querySelector("[autofocus]")?.focus();
  };
  document.addEventListener("input", () => { works = true; });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });

  // Who else has this page open: said when that changes, asked while somebody looks.
  const beat = async () => {
    const place = document.querySelector("[data-presence]");
    if (!place || document.hidden) return;
    const answer = await fetch(place.dataset.presence, { method: "POST", headers: { accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const { said } = await answer.json();
    if (place.textContent !== said) place.textContent = said;
  };
  document.addEventListener("visibilitychange", beat);

  // The keys: one letter leads on, unless somebody writes, holds another key, or has turned them off on their account.
  const places = { n: "header a.button", d: "header a[href='/dashboard']", i: "header a[href='/incidents']" };
  let led = 0;
  const go = (css) => { const link = document.querySelector(css); if (link) { drop(); location.assign(link.href); } };
  const drop = () => { led = 0; };
  const list = async () => {
    const page = new DOMParser().parseFromString(await (await fetch("/keys")).text(), "text/html");
    const dialog = document.createElement("dialog");
    if (document.querySelector("dialog[open]") || !put(dialog, page)) return;
    const close = document.createElement("button");
    close.className = "button plain";
    close.textContent = page.querySelector("[data-close]")?.dataset.close ?? "×";
    close.addEventListener("click", () => dialog.close());
    dialog.querySelector(".stack").append(close);
    const back = document.activeElement;
    dialog.addEventListener("close", () => { dialog.remove(); back?.focus?.(); });
    document.body.append(dialog);
    dialog.showModal();
    close.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest("input, select, textarea, dialog, [contenteditable]") || /(^|; )keys=off/.test(document.cookie)) return;
    const after = Date.now() - led < 1500;
    drop();
    if (after && places[event.key]) { if (event.key !== "n") { event.preventDefault(); go(places[event.key]); } return; }
    if (event.key === "g") led = Date.now();
    else if (event.key === "n") { event.preventDefault(); go(places.n); }
    else if (event.key === "/") {
      event.preventDefault();
      const search = document.getElementById("search");
      if (search) search.focus(); else go(places.i);
    } else if (event.key === "?" && inside) { event.preventDefault(); list(); }
  });

  // Passkeys: the browser's own dialog between two calls; without them the forms stay hidden.
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const call = async (path, body) => {
    const headers = { "content-type": "application/json", accept: "application/json" };
    const answer = await fetch(`/api/v1/${path}?lang=${root.lang}`, { method: "POST", body: JSON.stringify(body), headers });
    const told = answer.status === 204 ? {} : await answer.json();
    if (!answer.ok) throw new Error(told.errors?.[0]?.message ?? told.detail, { cause: told });
    return told;
  };
  const named = (list) => list.map((key) => ({ ...key, id: bytes(key.id) }));
  const passkey = async (form) => {
    const adds = "adds" in form.dataset;
    const path = adds ? "passkeys" : "session/passkey";
    const publicKey = await call(`${path}/options`, adds ? { password: form.elements.password.value } : {});
    publicKey.challenge = bytes(publicKey.challenge);
    if (adds) {
      publicKey.user.id = bytes(publicKey.user.id);
      publicKey.excludeCredentials = named(publicKey.excludeCredentials);
    }
    const made = await (adds ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
    const response = adds ? { transports: made.response.getTransports?.() ?? [] } : {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[part]) response[part] = text(made.response[part]);
    }
    const { id, type, authenticatorAttachment } = made;
    const credential = { id, rawId: id, type, authenticatorAttachment, response, clientExtensionResults: made.getClientExtensionResults() };
    await call(path, adds ? { name: form.elements.name.value, credential } : { credential });
    location.assign(form.dataset.passkey);
  };
  if (window.PublicKeyCredential) {
    for (const form of document.querySelectorAll("[data-passkey]")) {
      form.hidden = false;
      const alert = form.querySelector("[role=alert]");
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        alert.hidden = true;
        passkey(form).catch((why) => {
          alert.firstChild.textContent = why.cause ? why.message : form.dataset.failed;
          alert.hidden = false;
        });
      });
    }
    for (const instead of document.querySelectorAll("[data-without-passkey]")) instead.remove();
  }

  wake(document);
  beat();
  setInterval(beat, 30000);

  // A page that hangs on a wall asks for itself anew when the server says that something changed.
  const live = document.querySelector("[data-live]");
  if (live && window.EventSource) {
    new EventSource(live.dataset.live).addEventListener("change", async () => {
      if (live.contains(document.activeElement) && document.activeElement !== live) return;
      if (live.querySelector("details[open]")) return;
      const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
      if (!answer?.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
      if (!fresh) return;
      live.replaceChildren(...fresh.childNodes);
      tick();
    });
  }
  look();
  setInterval(() => { tick(); watch(); }, 5000);
})();
