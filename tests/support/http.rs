//! A receiver of requests for tests: a plain server on a free loopback port that keeps what comes and answers as told.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// How a request is answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A status, further header lines, a body.
    Status(u16, Vec<String>, Vec<u8>),
    /// Nothing, while the line stays open.
    Hang,
    /// The line is cut before a status is said.
    Cut,
    /// The line is cut in the middle of the status line.
    CutInStatus,
    /// Status 200 and the beginning of a body, then the line is cut.
    CutInBody,
    /// A status and a body that never ends.
    Endless(u16),
    /// Status 200, but one byte of the head at a time with this pause.
    Slow(Duration),
}

impl Answer {
    /// A status and a word.
    pub fn status(status: u16) -> Self {
        Self::Status(status, Vec::new(), b"so be it".to_vec())
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header, which may stand there once only.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} comes twice");
        value
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// The receiver; it ends when this is dropped.
pub struct HttpReceiver {
    pub port: u16,
    state: Arc<State>,
}

struct State {
    answer: Mutex<Answer>,
    requests: Mutex<Vec<Request>>,
    connections: AtomicUsize,
    sent: AtomicUsize,
    over: AtomicBool,
    tls: Option<Arc<ServerConfig>>,
}

trait Stream: Read + Write {}
impl<S: Read + Write> Stream for S {}

impl HttpReceiver {
    /// A receiver that answers 200.
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// The same over TLS, with a certificate and its key in PEM.
    pub fn start_encrypted(certificate: &str, key: &str) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let chain = CertificateDer::pem_slice_iter(certificate.as_bytes()).collect::<Result<_, _>>().unwrap();
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        Self::start_with(Some(Arc::new(config)))
    }

    fn start_with(tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State {
            answer: Mutex::new(Answer::status(200)),
            requests: Mutex::default(),
            connections: AtomicUsize::new(0),
            sent: AtomicUsize::new(0),
            over: AtomicBool::new(false),
            tls,
        });
        let shared = state.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if shared.over.load(Ordering::SeqCst) {
                    return;
                }
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let shared = shared.clone();
                // A client that goes away is no fault of the receiver's.
                thread::spawn(move || drop(shared.serve(stream)));
            }
        });
        Self { port, state }
    }

    /// An address of this receiver, by number.
    pub fn url(&self, path: &str) -> String {
        let scheme = if self.state.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}{path}", self.port)
    }

    /// Answers every request like this from now on.
    pub fn answer(&self, answer: Answer) {
        *self.state.answer.lock().unwrap() = answer;
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }

    /// The last request, and there must be one.
    pub fn last(&self) -> Request {
        self.requests().pop().expect("no request came")
    }

    /// How many connections there were, with a request or without.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// How many bytes of endless bodies went out before the other side had enough.
    pub fn sent(&self) -> usize {
        self.state.sent.load(Ordering::SeqCst)
    }
}

impl Drop for HttpReceiver {
    fn drop(&mut self) {
        self.state.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl State {
    fn serve(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(Duration::from_secs(10)))?;
        let mut stream: BufReader<Box<dyn Stream>> = BufReader::new(match &self.tls {
            Some(config) => {
                let connection = ServerConnection::new(config.clone()).map_err(io::Error::other)?;
                Box::new(StreamOwned::new(connection, stream))
            }
            None => Box::new(stream),
        });
        let request = read(&mut stream)?;
        self.requests.lock().unwrap().push(request);
        let answer = self.answer.lock().unwrap().clone();
        self.give(stream.get_mut(), answer)
    }

    fn give(&self, out: &mut dyn Write, answer: Answer) -> io::Result<()> {
        match answer {
            Answer::Status(status, headers, body) => {
                let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
                let length = body.len();
                write!(out, "HTTP/1.1 {status} x\r\n{lines}content-length: {length}\r\nconnection: close\r\n\r\n")?;
                out.write_all(&body)?;
            }
            Answer::Hang => self.wait(),
            Answer::Cut => {}
            Answer::CutInStatus => out.write_all(b"HTTP/1.1 20")?,
            Answer::CutInBody => out.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nthe beginning")?,
            Answer::Endless(status) => {
                write!(out, "HTTP/1.1 {status} x\r\ntransfer-encoding: chunked\r\n\r\n")?;
                while !self.over.load(Ordering::SeqCst) {
                    out.write_all(b"1000\r\n")?;
                    out.write_all(&[b'x'; 4096])?;
                    out.write_all(b"\r\n")?;
                    self.sent.fetch_add(4096, Ordering::SeqCst);
                }
            }
            Answer::Slow(pause) => {
                for byte in b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok" {
                    out.write_all(&[*byte])?;
                    out.flush()?;
                    thread::sleep(pause);
                }
            }
        }
        out.flush()
    }

    fn wait(&self) {
        while !self.over.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(10));
        }
    }
}

fn read(stream: &mut impl BufRead) -> io::Result<Request> {
    let mut line = String::new();
    let mut next = |stream: &mut dyn BufRead| -> io::Result<String> {
        line.clear();
        stream.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    };
    let first = next(stream)?;
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
    if path.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut headers = Vec::new();
    loop {
        let line = next(stream)?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap_or(0))];
    stream.read_exact(&mut body)?;
    Ok(Request { method, path, headers, body })
}
