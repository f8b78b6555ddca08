//! Requests over the web: what each answer means, and that no answer can hold us up or fill us up.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use varsel::outbox::transport::{Outcome, OutsideOptions, Route};

use crate::authority::Authority;
use crate::http::{Answer, HttpReceiver};
use crate::{delivered, later, letter, made, now, options, refused};

fn to(url: &str) -> Route {
    Route::Slack { url: url.into() }
}

fn status(status: u16, headers: &[&str], body: &str) -> Answer {
    Answer::Status(status, headers.iter().map(|line| (*line).to_owned()).collect(), body.as_bytes().to_vec())
}

#[actix_web::test]
async fn every_status_means_delivered_later_or_refused() {
    let receiver = HttpReceiver::start();
    let (outside, route) = (made(options()), to(&receiver.url("/hook")));
    for (code, means) in [
        (200, "delivered"),
        (201, "delivered"),
        (202, "delivered"),
        (204, "delivered"),
        (301, "refused"),
        (302, "refused"),
        (303, "refused"),
        (304, "refused"),
        (307, "refused"),
        (308, "refused"),
        (400, "refused"),
        (401, "later"),
        (403, "later"),
        (404, "later"),
        (405, "later"),
        (408, "later"),
        (409, "later"),
        (410, "refused"),
        (413, "refused"),
        (415, "later"),
        (422, "refused"),
        (425, "later"),
        (429, "later"),
        (451, "later"),
        (500, "later"),
        (501, "later"),
        (502, "later"),
        (503, "later"),
        (504, "later"),
        (599, "later"),
    ] {
        receiver.answer(if code == 204 || code == 304 { status(code, &[], "") } else { Answer::status(code) });
        let outcome = outside.send(&route, &letter("x"), now()).await;
        assert_eq!(outcome.name(), means, "{code}: {outcome:?}");
        assert!(outcome.reply().starts_with(&code.to_string()), "{outcome:?}");
        assert!(outcome.reply().ends_with("so be it") || code == 204 || code == 304, "{outcome:?}");
        assert!(!matches!(outcome, Outcome::Later { after: Some(_), .. }));
    }
    assert_eq!(receiver.requests().len(), 30, "one request each and no more");
}

#[actix_web::test]
async fn a_request_says_who_it_is_from_and_asks_for_nothing_packed() {
    let receiver = HttpReceiver::start();
    delivered(&made(options()).send(&to(&receiver.url("/hook?a=b")), &letter("x"), now()).await);
    let request = receiver.last();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/hook?a=b"));
    assert_eq!(request.header("accept-encoding"), Some("identity"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert!(request.header("user-agent").unwrap().starts_with("varsel/"));
    assert_eq!(request.header("host"), Some(format!("127.0.0.1:{}", receiver.port).as_str()));
    for name in ["referer", "cookie", "authorization", "proxy-authorization"] {
        assert_eq!(request.header(name), None);
    }
}

#[actix_web::test]
async fn a_redirect_is_told_and_never_followed() {
    let (receiver, elsewhere) = (HttpReceiver::start(), HttpReceiver::start());
    let outside = made(options());
    for code in [301, 302, 303, 307, 308] {
        receiver.answer(status(code, &[&format!("location: {}", elsewhere.url("/stolen"))], "moved"));
        let outcome = outside.send(&to(&receiver.url("/hook")), &letter("x"), now()).await;
        assert!(refused(&outcome).starts_with(&format!("{code} ")), "{outcome:?}");
    }
    assert_eq!((receiver.connections(), elsewhere.connections()), (5, 0));
}

#[actix_web::test]
async fn who_asks_us_to_wait_is_heard_for_an_hour_at_most() {
    let receiver = HttpReceiver::start();
    let (outside, route) = (made(options()), to(&receiver.url("/hook")));
    for (code, asked, seconds) in [
        (429, "retry-after: 120", Some(120)),
        (503, "Retry-After: 7", Some(7)),
        (503, "retry-after: 86400", Some(3600)),
        (429, "retry-after: Tue, 24 Nov 2026 12:10:00 GMT", Some(600)),
        (429, "retry-after: Tue, 24 Nov 2026 11:00:00 GMT", Some(0)),
        (429, "retry-after: tomorrow", None),
        (429, "retry-after: -1", None),
        (429, "x: y", None),
        (500, "retry-after: 120", None),
    ] {
        receiver.answer(status(code, &[asked], "busy"));
        let outcome = outside.send(&route, &letter("x"), now()).await;
        let Outcome::Later { after, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(after, seconds.map(Duration::from_secs), "{code} {asked}");
    }
}

#[actix_web::test]
async fn no_body_is_read_beyond_eight_kilobytes() {
    let receiver = HttpReceiver::start();
    let (outside, route) = (made(options()), to(&receiver.url("/hook")));
    for (code, means) in [(200, "delivered"), (500, "later"), (400, "refused")] {
        receiver.answer(Answer::Endless(code));
        let began = Instant::now();
        let outcome = outside.send(&route, &letter("x"), now()).await;
        assert_eq!(outcome.name(), means, "{outcome:?}");
        assert!(outcome.reply().chars().count() == 500 && outcome.reply().ends_with("x…"), "{outcome:?}");
        assert!(began.elapsed() < Duration::from_millis(900), "it is not read until the time is up");
    }
    actix_web::rt::time::sleep(Duration::from_millis(100)).await;
    let sent = receiver.sent();
    actix_web::rt::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(receiver.sent(), sent, "the line is closed, and the receiver could send no more");
}

#[actix_web::test]
async fn a_packed_body_stays_packed() {
    let receiver = HttpReceiver::start();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packer, &vec![b'x'; 50_000_000]).unwrap();
    receiver.answer(Answer::Status(200, vec!["content-encoding: gzip".into()], packer.finish().unwrap()));
    let outcome = made(options()).send(&to(&receiver.url("/hook")), &letter("x"), now()).await;
    assert!(!delivered(&outcome).contains("xxx") && outcome.reply().chars().count() <= 500, "{outcome:?}");
}

#[actix_web::test]
async fn who_hangs_is_slow_or_cuts_the_line_is_tried_again_later() {
    let receiver = HttpReceiver::start();
    let (outside, route) = (made(options()), to(&receiver.url("/secret-path")));
    for (answer, said) in [
        (Answer::Hang, "No answer came in time."),
        (Answer::Slow(Duration::from_millis(200)), "No answer came in time."),
        (Answer::Cut, "The connection broke before an answer came: "),
        (Answer::CutInStatus, "The connection broke before an answer came: "),
    ] {
        receiver.answer(answer.clone());
        let began = Instant::now();
        let outcome = outside.send(&route, &letter("x"), now()).await;
        assert!(later(&outcome).starts_with(said), "{answer:?}: {outcome:?}");
        assert!(!outcome.reply().contains("secret-path"), "{outcome:?}");
        assert!(began.elapsed() < Duration::from_secs(3), "{answer:?}");
    }
    // The status has been said, so it counts, whatever becomes of the body.
    receiver.answer(Answer::CutInBody);
    let outcome = outside.send(&route, &letter("x"), now()).await;
    assert_eq!(delivered(&outcome), "200 OK: the beginning");
    receiver.answer(Answer::Slow(Duration::from_millis(5)));
    delivered(&outside.send(&route, &letter("x"), now()).await);
}

#[actix_web::test]
async fn who_is_not_there_is_tried_again_later() {
    let outside = made(options());
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let outcome = outside.send(&to(&format!("http://{closed}/secret-path")), &letter("x"), now()).await;
    assert!(later(&outcome).starts_with("The host could not be reached: Connection refused"), "{outcome:?}");
    let outcome = outside.send(&to("https://hooks.nowhere.invalid/secret-path"), &letter("x"), now()).await;
    assert!(later(&outcome).starts_with("The host's name could not be looked up: "), "{outcome:?}");
    assert!(!outcome.reply().contains("secret-path"));
}

#[actix_web::test]
async fn an_answer_that_repeats_the_address_is_kept_without_it() {
    let receiver = HttpReceiver::start();
    let url = receiver.url("/services/T00/B00/hemmelig?sig=hemmelig2");
    receiver.answer(status(
        404,
        &[],
        &format!("no {url} and no /services/T00/B00/hemmelig?sig=hemmelig2 here\r\n\r\n<b>"),
    ));
    let outcome = made(options()).send(&to(&url), &letter("x"), now()).await;
    assert_eq!(later(&outcome), "404 Not Found: no ••• and no ••• here <b>");
}

#[actix_web::test]
async fn certificates_are_checked_against_the_authorities_that_are_trusted() {
    let authority = Authority::new();
    let (certificate, key) = authority.issue(&["127.0.0.1"]);
    let receiver = HttpReceiver::start_encrypted(&certificate, &key);
    let mut ca = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut ca, authority.pem().as_bytes()).unwrap();
    let trusting = made(OutsideOptions { http_ca: Some(ca.path().into()), ..options() });
    delivered(&trusting.send(&to(&receiver.url("/hook")), &letter("x"), now()).await);
    assert_eq!(receiver.last().path, "/hook");
    let outcome = made(options()).send(&to(&receiver.url("/hook")), &letter("x"), now()).await;
    assert!(later(&outcome).contains("certificate"), "{outcome:?}");
    let (certificate, key) = authority.issue(&["hooks.smbmobil.example"]);
    let other = HttpReceiver::start_encrypted(&certificate, &key);
    let outcome = trusting.send(&to(&other.url("/hook")), &letter("x"), now()).await;
    assert!(later(&outcome).contains("certificate"), "{outcome:?}");
    assert_eq!((receiver.requests().len(), other.requests().len()), (1, 0));
}
