//! The servers of the tests themselves: they leave nothing behind.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::smtp::SmtpServer;

#[test]
fn a_mail_server_ends_with_its_test_however_that_ends() {
    let server = SmtpServer::start();
    let port = server.plain;
    drop(server);
    assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());

    // When the test's process is killed, all that reaches the server is the end of its standard input.
    let folder = tempfile::tempdir().unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/smtp_server.py");
    let mut command = Command::new("/usr/bin/python3");
    let mut child =
        command.arg(script).arg(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut ready = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    assert!(ready.contains("plain"));
    drop(child.stdin.take());
    for _ in 0..250 {
        if child.try_wait().unwrap().is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    panic!("the mail server lives on without its test");
}
