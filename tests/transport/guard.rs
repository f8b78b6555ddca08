//! The guard: no request reaches a closed network, whatever an address is called and whatever its name means next.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use varsel::outbox::transport::{Flaw, Outside, OutsideOptions, Route, Webhook, new_signing_secret};

use crate::authority::Authority;
use crate::http::HttpReceiver;
use crate::{delivered, later, letter, made, now, options, refused};

const CLOSED: &str = "The address lies in a closed network. The operator can open it (VARSEL_ALLOWED_NETWORKS).";

/// Names that mean something else every time they are asked for; the last meaning stays.
struct Names {
    meanings: Mutex<Vec<Vec<&'static str>>>,
    asked: AtomicUsize,
}

impl Names {
    fn meaning(meanings: &[&[&'static str]]) -> Arc<Self> {
        let meanings = meanings.iter().map(|addresses| addresses.to_vec()).collect();
        Arc::new(Self { meanings: Mutex::new(meanings), asked: AtomicUsize::new(0) })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Resolve for Names {
    fn resolve(&self, _: Name) -> Resolving {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut meanings = self.meanings.lock().unwrap();
        let now = if meanings.len() > 1 { meanings.remove(0) } else { meanings[0].clone() };
        let found: Vec<SocketAddr> = now.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 0)).collect();
        Box::pin(async move { Ok(Box::new(found.into_iter()) as Addrs) })
    }
}

fn outside(networks: &str, names: &Arc<Names>) -> Outside {
    let names: Arc<dyn Resolve> = names.clone();
    made(OutsideOptions { allowed_networks: Some(networks.into()), names: Some(names), ..options() })
}

fn to(url: &str) -> Route {
    Route::Teams { url: url.into() }
}

#[actix_web::test]
async fn nothing_inside_the_house_is_asked_unless_the_operator_opens_it() {
    let receiver = HttpReceiver::start();
    let port = receiver.port;
    let closed = made(OutsideOptions { allowed_networks: None, ..options() });
    let elsewhere = made(OutsideOptions { allowed_networks: Some("10.0.0.0/8 fd00::/8".into()), ..options() });
    let spellings = ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]"];
    for host in spellings.into_iter().chain(["localhost"]) {
        for scheme in ["http", "https"] {
            let route = to(&format!("{scheme}://{host}:{port}/"));
            refused(&closed.send(&route, &letter("x"), now()).await);
            let outcome = elsewhere.send(&route, &letter("x"), now()).await;
            assert_eq!(refused(&outcome), CLOSED, "{scheme}://{host}");
        }
    }
    // Not every system knows this name; none may lead it here.
    let outcome = elsewhere.send(&to(&format!("http://localhost.:{port}/")), &letter("x"), now()).await;
    assert_ne!(outcome.name(), "delivered");
    assert_eq!(receiver.connections(), 0);
    let opened = made(options());
    for host in ["127.0.0.1", "127.0.0.1.", "0x7f000001", "localhost"] {
        delivered(&opened.send(&to(&format!("http://{host}:{port}/")), &letter("x"), now()).await);
    }
    assert_eq!(receiver.requests().len(), 4);
}

#[actix_web::test]
async fn a_name_is_looked_up_once_and_what_it_meant_then_is_connected_to() {
    let (here, names) = (HttpReceiver::start(), Names::meaning(&[&["127.0.0.1"], &["127.0.0.2"]]));
    let trap = std::net::TcpListener::bind(("127.0.0.2", here.port));
    let outside = outside("127.0.0.0/8", &names);
    let route = to(&format!("http://hooks.example:{}/", here.port));
    delivered(&outside.send(&route, &letter("x"), now()).await);
    assert_eq!((here.requests().len(), names.asked()), (1, 1));
    assert_eq!(here.last().header("host"), Some(format!("hooks.example:{}", here.port).as_str()));
    // The next request asks anew and goes where the name leads now, past the guard again.
    drop(trap);
    later(&outside.send(&route, &letter("x"), now()).await);
    assert_eq!((here.requests().len(), names.asked()), (1, 2));
}

#[actix_web::test]
async fn a_name_that_turns_to_the_inside_after_it_was_checked_gains_nothing() {
    let inside = HttpReceiver::start();
    // A public address first: nothing answers there, and no second lookup is made that would find the inside.
    let names = Names::meaning(&[&["192.31.196.1"], &["127.0.0.1"]]);
    let outside = outside("", &names);
    let route = to(&format!("https://hooks.example:{}/", inside.port));
    assert_eq!(outside.look_at(&route), Ok(()));
    later(&outside.send(&route, &letter("x"), now()).await);
    assert_eq!(names.asked(), 1);
    // And now that the name means the inside, it is refused.
    assert_eq!(refused(&outside.send(&route, &letter("x"), now()).await), CLOSED);
    assert_eq!((names.asked(), inside.connections()), (2, 0));
}

#[actix_web::test]
async fn of_several_addresses_only_the_open_ones_are_used_and_with_none_it_is_refused() {
    let (good, bad) = (HttpReceiver::start(), std::net::TcpListener::bind("127.0.0.9:0").unwrap());
    bad.set_nonblocking(true).unwrap();
    let names = Names::meaning(&[&["127.0.0.9", "10.0.0.1", "127.0.0.1", "::1"]]);
    let one = outside("127.0.0.1", &names);
    delivered(&one.send(&to(&format!("http://hooks.example:{}/", good.port)), &letter("x"), now()).await);
    assert_eq!(good.requests().len(), 1);
    let route = to(&format!("http://hooks.example:{}/", bad.local_addr().unwrap().port()));
    later(&one.send(&route, &letter("x"), now()).await);
    assert!(bad.accept().is_err(), "the closed address was knocked on");
    for networks in ["", "10.9.0.0/16"] {
        for scheme in ["https", "http"] {
            let outcome =
                outside(networks, &names).send(&to(&format!("{scheme}://hooks.example/")), &letter("x"), now()).await;
            assert!(refused(&outcome).contains("VARSEL_ALLOWED_NETWORKS"), "{outcome:?}");
        }
    }
    assert_eq!(good.requests().len(), 1);
}

#[actix_web::test]
async fn plain_http_is_for_opened_networks_only() {
    let names = Names::meaning(&[&["192.31.196.1"]]);
    let outcome = outside("127.0.0.0/8", &names).send(&to("http://hooks.example/"), &letter("x"), now()).await;
    assert!(refused(&outcome).starts_with("The address must begin with https://."), "{outcome:?}");
    // Over https a name may lead to an opened network as well.
    let authority = Authority::new();
    let (certificate, key) = authority.issue(&["hooks.example"]);
    let receiver = HttpReceiver::start_encrypted(&certificate, &key);
    let mut ca = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut ca, authority.pem().as_bytes()).unwrap();
    let names: Arc<dyn Resolve> = Names::meaning(&[&["127.0.0.1"]]);
    let outside = made(OutsideOptions { http_ca: Some(ca.path().into()), names: Some(names), ..options() });
    delivered(&outside.send(&to(&format!("https://hooks.example:{}/", receiver.port)), &letter("x"), now()).await);
    assert_eq!(receiver.requests().len(), 1);
}

#[actix_web::test]
async fn a_proxy_in_the_environment_is_not_asked() {
    // This test is started once more as a process of its own, for the environment belongs to all tests of a process.
    const INNER: &str = "VARSEL_TEST_BEHIND_PROXY";
    if let Ok(url) = std::env::var(INNER) {
        delivered(&made(options()).send(&to(&url), &letter("x"), now()).await);
        return;
    }
    let (receiver, proxy) = (HttpReceiver::start(), HttpReceiver::start());
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "guard::a_proxy_in_the_environment_is_not_asked"]).env(INNER, receiver.url("/hook"));
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env(name, proxy.url(""));
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!((receiver.requests().len(), proxy.connections()), (1, 0));
}

#[actix_web::test]
async fn a_route_is_looked_at_before_it_is_kept() {
    let outside = made(OutsideOptions { allowed_networks: None, ..options() });
    let webhook =
        |url: &str, secret: &str| Route::Webhook(Webhook { url: url.into(), secret: secret.into(), old_secret: None });
    let secret = new_signing_secret();
    for (route, flaw) in [
        (to("https://user:pass@hooks.example/"), Flaw::LoginInAddress),
        (to("hooks.example"), Flaw::NotAnAddress),
        (to("ftp://hooks.example/"), Flaw::NotTheWeb),
        (to("http://hooks.example/"), Flaw::NotEncrypted),
        (Route::Slack { url: "https://10.0.0.1/".into() }, Flaw::ClosedNetwork),
        (webhook("https://10.0.0.1/", secret.reveal()), Flaw::ClosedNetwork),
        (webhook("https://hooks.example/", "hemmelig"), Flaw::NotASigningSecret),
    ] {
        assert_eq!(outside.look_at(&route), Err(flaw), "{route:?}");
        // What would be said at once is said again when it is sent all the same.
        assert_eq!(refused(&outside.send(&route, &letter("x"), now()).await), flaw.to_string());
    }
    assert_eq!(outside.look_at(&webhook("https://hooks.example/", secret.reveal())), Ok(()));
    assert_eq!(outside.look_at(&Route::Mail), Ok(()));
}

#[test]
fn every_flaw_has_its_words_in_three_languages() {
    use varsel::i18n::{Lang, has};
    for flaw in [
        Flaw::NotAnAddress,
        Flaw::NotTheWeb,
        Flaw::LoginInAddress,
        Flaw::NotEncrypted,
        Flaw::ClosedNetwork,
        Flaw::NotASigningSecret,
        Flaw::NotAHeader,
        Flaw::NotATemplate,
        Flaw::PlaceMissing,
    ] {
        for lang in Lang::ALL {
            assert!(has(lang, &format!("error-{}", flaw.code())), "{flaw:?} in {lang}");
        }
        assert!(["url", "secret", "headers", "body"].contains(&flaw.field()));
        assert!(flaw.to_string().ends_with('.'));
    }
    assert!(Flaw::PlaceMissing.to_string().contains("{to}"));
}
