// Adds to pages that work without it: live countdowns, typed text kept until saved, answers in place, copying.
"use strict";
(() => {
  const root = document.documentElement;
  const words = root.dataset;
  // The server's clock counts, not the reader's.
  const skew = Date.parse(words.now) - Date.now();
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

  // What is typed stays in this browser until the server says that it has it: over errors, a session that ends, signing
  // out, a server that is away, a tab that is closed. Only its writer is offered it, and after a week it is gone.
  const inside = document.querySelector("form[action='/sign-out']");
  const oldest = 7 * 86400000;
  let box = {};
  try { box = localStorage; } catch { /* forbidden: kept while the page lies open */ }
  const me = words.person ? `varsel:${words.person}:` : null;
  const read = (key) => { try { return JSON.parse(box[key]); } catch { return null; } };
  const write = (key, draft) => { try { box[key] = JSON.stringify(draft); } catch { /* full: the page still works */ } };
  const mine = () => Object.keys(box).filter((key) => me && key.startsWith(me));
  const keyOf = (form) => {
    if (!me || form === inside || form.getAttribute("method") !== "post" || form.closest("dialog")) return null;
    const { pathname } = new URL(form.getAttribute("action"), location);
    const which = [...form.querySelectorAll("[type=hidden]")].filter(({ name }) => /^(form|kind|way|for|hold|reference|q|lang|stage|replaces)$/.test(name));
    return me + [pathname, ...which.map((field) => field.value)].join(" ");
  };
  const sweep = () => {
    const taken = /varsel_taken=([\w.]+)/.exec(document.cookie)?.[1].split(".") ?? [];
    for (const key of Object.keys(box)) {
      if (!key.startsWith("varsel:")) continue;
      const draft = read(key);
      if (!draft?.held || Date.now() - draft.at > oldest || taken.includes(draft.sent)) delete box[key];
    }
  };
  const lines = (text) => text.replace(/\r\n?/g, "\n");
  const chosen = (field, how) => [...field.options].filter((option) => option[how]).map((option) => option.value).join("\n");
  // What each field of a form holds now and held when the page came; radios of a name are one, boxes are one each.
  const fields = (form) => {
    const all = new Map();
    for (const field of form.elements) {
      if (!field.name || /^(hidden|password|file|submit|button|fieldset|output)$/.test(field.type) || field.autocomplete === "one-time-code" || field.hasAttribute("data-secret")) continue;
      // What is ticked in a list stands outside the form, and lists change.
      if (field.type === "checkbox" && !form.contains(field)) continue;
      let name = field.type === "checkbox" ? `${field.name}=${field.value}` : field.name;
      if (field.type !== "radio") while (all.has(name)) name += "+";
      const one = all.get(name) ?? { own: [], now: "", was: "" };
      one.own.push(field);
      if (/radio|checkbox/.test(field.type)) {
        if (field.checked) one.now = field.value;
        if (field.defaultChecked) one.was = field.value;
      } else if (field.options) {
        one.now = chosen(field, "selected");
        one.was = chosen(field, "defaultSelected") || (field.multiple ? "" : field.options[0]?.value ?? "");
      } else { one.now = lines(field.value); one.was = lines(field.defaultValue); }
      all.set(name, one);
    }
    return all;
  };
  const fill = (one, text) => {
    for (const field of one.own) {
      if (/radio|checkbox/.test(field.type)) field.checked = field.value === text;
      else if (field.options) for (const option of field.options) option.selected = text.split("\n").includes(option.value);
      else { field.value = text; count(field); }
    }
  };
  // What stood before a refused form was typed, and what waits beside a field that others changed.
  const before = new WeakMap(), beside = new WeakMap();
  const keep = (form, sent) => {
    const key = keyOf(form);
    if (!key) return;
    const held = { ...beside.get(form) };
    for (const [name, { now, was }] of fields(form)) {
      const stood = before.get(form)?.held[name]?.[1] ?? was;
      if (now === stood) continue;
      // Typed anew beside what still waits for the same field: both stay.
      if (held[name]) held[`${name} `] = held[name];
      held[name] = [now, stood];
    }
    const { page, title } = before.get(form) ?? { page: location.pathname + location.search, title: document.title };
    if (Object.keys(held).length) write(key, { at: Date.now(), page, title, sent, held }); else delete box[key];
  };
  const label = (field) => (field.type === "radio" ? field.closest("fieldset")?.querySelector("legend") : field.labels[0])?.textContent.trim();
  const say = ({ own = [] }, text) => {
    const options = [...(own[0]?.options ?? [])].filter((option) => text.split("\n").includes(option.value)).map((option) => option.text);
    const pick = own.find((field) => /radio|checkbox/.test(field.type) && field.value === text);
    return options.join(", ") || pick?.labels[0].textContent.trim() || text || "–";
  };
  const when = (at) => new Date(at).toLocaleString([root.lang, "nb"], { dateStyle: "medium", timeStyle: "short", timeZone: "Europe/Oslo" });
  const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const note = (form) => {
    let told = form.querySelector("[data-kept]");
    if (!told) form.prepend(told = copy("kept"));
    for (let folded = form.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    return told;
  };
  const restore = (form, mark) => {
    const key = keyOf(form), draft = key && read(key);
    if (!draft) return;
    // A page that answers what was sent has refused it: what was typed goes on as it was.
    const refused = mark && draft.sent === mark;
    if (refused) before.set(form, draft);
    const all = fields(form), loose = {}, shared = form.querySelector("[name=version]");
    let any = false;
    for (const [name, [now, was]] of Object.entries(draft.held)) {
      const one = all.get(name);
      if (one?.was === now) continue;
      if (one && (refused || !shared || one.was === was)) { fill(one, now); any = true; } else loose[name] = [now, was];
    }
    beside.set(form, loose);
    if (refused) return;
    if (!any && !Object.keys(loose).length) { delete box[key]; return; }
    const told = note(form), list = told.querySelector("ul");
    const said = told.querySelector("[data-when]");
    said.textContent = said.dataset.when.replace("#", when(draft.at));
    told.querySelector("[data-unsure]").hidden = !draft.sent;
    for (const [name, [now]] of Object.entries(loose)) {
      const one = all.get(name.trim()) ?? {}, line = list.firstElementChild.cloneNode(true);
      line.querySelector("b").textContent = (one.own && label(one.own[0])) ?? name;
      line.querySelector("span").textContent = say(one, now);
      const take = line.querySelector("button");
      take.hidden = !one.own;
      take.addEventListener("click", () => { fill(one, now); delete loose[name]; line.remove(); list.parentElement.hidden = !list.children[1]; keep(form); one.own[0].focus(); });
      line.hidden = list.parentElement.hidden = false;
      list.append(line);
    }
  };
  // What waits, wherever it was typed: listed on demand, and before somebody leaves it on this machine.
  const waiting = () => {
    const mark = document.getElementById("unsent-mark");
    if (!mark) return;
    mark.hidden = !mine().length;
    mark.textContent = mark.dataset.words.replace("#", mine().length);
  };
  const unsent = (leaves) => {
    const dialog = copy("unsent"), list = dialog.querySelector("ul"), line = list.firstElementChild;
    line.remove();
    for (const key of mine()) {
      const { at, page, title, held } = read(key), own = line.cloneNode(true);
      own.querySelector("a").href = page;
      own.querySelector("a").textContent = title.replace(/ · varsel$/, "");
      own.querySelector("span").textContent = when(at);
      own.querySelector("q").textContent = Object.values(held).map(([now]) => now).join(" · ").slice(0, 200);
      own.querySelector("button").addEventListener("click", () => { delete box[key]; own.remove(); waiting(); if (!list.children.length) dialog.close(); });
      list.append(own);
    }
    const leave = dialog.querySelector("[data-leave]");
    leave.hidden = !leaves;
    for (const button of dialog.querySelectorAll("[data-then]")) button.addEventListener("click", () => {
      if (button.dataset.then === "drop") for (const key of mine()) delete box[key];
      if (button.dataset.then) inside.submit(); else dialog.close();
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };
  const wake = (within, address) => {
    sweep();
    const mark = new URL(address).searchParams.get("draft");
    for (const form of within.querySelectorAll("form[method=post]")) restore(form, mark);
    for (const button of within.querySelectorAll("[data-script]")) button.hidden = false;
    waiting();
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
    const form = event.target, button = event.submitter, key = keyOf(form);
    if (form === inside && mine().length) { event.preventDefault(); unsent(true); return; }
    if (key) {
      // The server repeats this name when it has taken what is sent under it, and only then the draft goes.
      const sent = Date.now().toString(36) + Math.random().toString(36).slice(2, 12);
      keep(form, sent);
      for (const one of [form, button]) {
        const what = one === form ? "action" : "formaction";
        if (!read(key) || !one?.hasAttribute(what)) continue;
        const address = new URL(one.getAttribute(what), location);
        address.searchParams.set("draft", sent);
        one.setAttribute(what, address);
      }
    }
    if (!form.hasAttribute("data-inplace") || form.getAttribute("method") !== "post") return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.append(button.name, button.value);
    if (button) button.disabled = true;
    let answer, page;
    try {
      answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { accept: "text/html" } });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      // The server is away: nothing moves, and what is typed is tried again when somebody wants it.
      if (button) button.disabled = false;
      const told = key && note(form);
      if (told) { told.querySelector("[data-away]").hidden = false; told.focus(); } else form.submit();
      return;
    }
    const fresh = page.querySelector("main");
    const { pathname } = new URL(answer.url);
    if (!fresh || pathname === "/sign-in") {
      location.assign(pathname === "/sign-in" ? `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}` : answer.url);
      return;
    }
    const open = new Set([...document.querySelectorAll("details[open][id]")].map((d) => d.id));
    document.querySelector("main").replaceWith(fresh);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    document.title = page.title;
    if (answer.redirected) history.replaceState(null, "", answer.url.replace(/#.*/, ""));
    wake(fresh, answer.url);
    const told = fresh.querySelector("[role=alert], [data-done], [role=status]") ?? fresh;
    told.tabIndex = -1;
    // What went well is told where the reader is; what went wrong is where the reader must go.
    const well = told.hasAttribute("data-done");
    told.focus({ preventScroll: well });
    if (well) { told.classList.add("flash"); setTimeout(() => told.classList.remove("flash"), 10000); }
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
      const form = button.form;
      delete box[keyOf(form)];
      beside.delete(form);
      form.reset();
      button.closest("[data-kept]").remove();
      for (const field of form.elements) if (field.value !== undefined) count(field);
      waiting();
    }
    if (button.id === "unsent-mark") unsent(false);
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
      if (answer.ok) {
        const { ends_at, account } = await answer.json();
        // Somebody else came in beside this page: it is not theirs to see, and what is typed on it waits for its writer.
        if (account !== words.person) { location.assign("/"); return; }
        ends = Date.parse(ends_at);
      }
      if (answer.status === 401) ends = 0;
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
  addEventListener("pageshow", beat);
  // Whoever leaves says so; whoever cannot is gone after a while all the same.
  addEventListener("pagehide", () => {
    const place = document.querySelector("[data-presence]");
    if (place) navigator.sendBeacon(`${place.dataset.presence}?left`);
  });

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

  wake(document, location);
  setInterval(beat, 30000);

  // A page that hangs on a wall asks for itself anew when the server says that something changed, or was away. The browser
  // comes again by itself where the server is gone; where it is sent away we ask later and later, and not at all without a
  // session, which is told.
  const live = document.querySelector("[data-live]");
  let source = null, connected = 0, sentAway = 0, notBefore = 0;
  const part = () => { source?.close(); source = null; look(); };
  const anew = async () => {
    if (live.contains(document.activeElement) && document.activeElement !== live) return;
    if (live.querySelector("details[open]")) return;
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (answer?.redirected) part();
    if (!answer?.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    if (!fresh) return;
    live.replaceChildren(...fresh.childNodes);
    tick();
  };
  const hear = () => {
    if (!live || source || ends === 0 || Date.now() < notBefore) return;
    source = new EventSource(live.dataset.live);
    source.addEventListener("change", anew);
    source.addEventListener("open", () => { sentAway = 0; if (connected++) anew(); });
    source.addEventListener("error", () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      notBefore = Date.now() + Math.min(2 ** sentAway++ * 5000, 300000);
      part();
    });
  };
  look();
  hear();
  setInterval(() => { tick(); watch(); hear(); }, 5000);
})();
