//! TLS in front of a PostgreSQL server: libpq is built without it, so it speaks to a socket of ours in a private folder,
//! and we speak TLS with the server from there, checking who answers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UnixListener, UnixStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::private;

/// The number in the name of the socket; libpq looks for `.s.PGSQL.5432`.
pub(super) const PORT: u16 = 5432;
/// What a client asks before it speaks TLS: the length of the message, and the code of the request.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];
/// The kind of the message in which a server says which version of the protocol it speaks, before it asks who one is.
const NEGOTIATES: u8 = b'v';
/// What follows is a list of ways to sign in.
const SASL: [u8; 4] = [0, 0, 0, 10];
/// Nothing said before the sign-in is longer than this.
const LONGEST: usize = 64 * 1024;

/// A way to one server; it closes when this is dropped.
pub(super) struct Tunnel {
    folder: PathBuf,
    _ends: tokio::sync::oneshot::Sender<()>,
}

impl Tunnel {
    /// Opens the way; the server is first met when somebody connects.
    ///
    /// # Errors
    /// One sentence for the operator.
    pub(super) fn dig(host: &str, port: u16, roots: Option<&Path>) -> Result<Self, String> {
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(bare.clone())
            .map_err(|_| format!("The database server «{host}» has no name that a certificate could bear."))?;
        let connector = TlsConnector::from(Arc::new(client(roots)?));
        let folder = private_folder()?;
        let socket = folder.join(format!(".s.PGSQL.{PORT}"));
        let listener = std::os::unix::net::UnixListener::bind(&socket)
            .and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
            .map_err(|why| format!("The way to the database cannot be opened at {}: {why}.", socket.display()))?;
        let (ends, ended) = tokio::sync::oneshot::channel::<()>();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|why| format!("The way to the database cannot be opened: {why}."))?;
        std::thread::Builder::new()
            .name("database-tls".into())
            .spawn(move || {
                runtime.block_on(async move {
                    let Ok(listener) = UnixListener::from_std(listener) else { return };
                    tokio::select! {
                        () = serve(listener, connector, (bare, port), name) => {}
                        _ = ended => {}
                    }
                });
            })
            .map_err(|why| format!("The way to the database cannot be opened: {why}."))?;
        Ok(Self { folder, _ends: ends })
    }

    /// Where libpq finds the socket.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Tunnel {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn client(roots: Option<&Path>) -> Result<ClientConfig, String> {
    let mut trusted = RootCertStore::empty();
    match roots {
        Some(path) => {
            let wrong = |why: String| format!("sslrootcert {} cannot be used: {why}.", path.display());
            for certificate in CertificateDer::pem_file_iter(path).map_err(|why| wrong(why.to_string()))? {
                let certificate = certificate.map_err(|why| wrong(why.to_string()))?;
                trusted.add(certificate).map_err(|why| wrong(why.to_string()))?;
            }
        }
        None => {
            trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if trusted.is_empty() {
        return Err("No certificates to trust were found for the database; install ca-certificates, or name a file \
                    with sslrootcert=FILE in VARSEL_DATABASE_URL."
            .into());
    }
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|why| why.to_string())
        .map(|builder| builder.with_root_certificates(trusted).with_no_client_auth())
}

fn private_folder() -> Result<PathBuf, String> {
    let folder = std::env::temp_dir().join(format!("varsel-{}", uuid::Uuid::now_v7().as_simple()));
    private::folder(&folder).map_err(|why| format!("The folder {} cannot be made: {why}.", folder.display()))?;
    Ok(folder)
}

async fn serve(listener: UnixListener, connector: TlsConnector, to: (String, u16), name: ServerName<'static>) {
    loop {
        let Ok((inner, _)) = listener.accept().await else { continue };
        let (connector, to, name) = (connector.clone(), to.clone(), name.clone());
        tokio::spawn(async move {
            if let Err(why) = carry(inner, &connector, to, name).await {
                tracing::error!(%why, "A connection to the database was not made");
            }
        });
    }
}

/// Carries one connection: asks for TLS, checks who answers, then passes everything on both ways.
async fn carry(
    mut inner: UnixStream,
    connector: &TlsConnector,
    to: (String, u16),
    name: ServerName<'static>,
) -> std::io::Result<()> {
    let first = message(&mut inner, 0).await?;
    let mut encrypted = match reach(connector, to, name).await {
        Ok(encrypted) => encrypted,
        Err(why) => {
            // So that whoever connects is told, and not only the log.
            inner.write_all(&refusal(&why)).await?;
            return Err(why);
        }
    };
    encrypted.write_all(&first).await?;
    encrypted.flush().await?;
    loop {
        // A request to cancel is not answered at all.
        let Ok(answer) = message(&mut encrypted, 1).await else { return Ok(()) };
        let is_last = answer.first() != Some(&NEGOTIATES);
        inner.write_all(&without_binding(answer)).await?;
        if is_last {
            break;
        }
    }
    match tokio::io::copy_bidirectional(&mut inner, &mut encrypted).await {
        // A server that goes down without a farewell is nothing to report here; whoever asked is told.
        Ok(_) | Err(_) => Ok(()),
    }
}

async fn reach(
    connector: &TlsConnector,
    to: (String, u16),
    name: ServerName<'static>,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut outer = TcpStream::connect(to).await?;
    outer.set_nodelay(true)?;
    outer.write_all(&SSL_REQUEST).await?;
    let mut answer = [0_u8; 1];
    outer.read_exact(&mut answer).await?;
    if answer != *b"S" {
        return Err(std::io::Error::other("the server does not speak TLS"));
    }
    connector.connect(name, outer).await
}

/// Reads a message: its kind in so many bytes (the first of a client has none), its length, the rest.
async fn message(from: &mut (impl AsyncRead + Unpin), kind: usize) -> std::io::Result<Vec<u8>> {
    let mut message = vec![0; kind + 4];
    from.read_exact(&mut message).await?;
    let length = message.iter().skip(kind).fold(0, |length, byte| length * 256 + usize::from(*byte));
    if !(4..=LONGEST).contains(&length) {
        return Err(std::io::Error::other("the other side does not speak as PostgreSQL does"));
    }
    message.resize(kind + length, 0);
    if let Some(rest) = message.get_mut(kind + 4..) {
        from.read_exact(rest).await?;
    }
    Ok(message)
}

/// Takes back the offer to bind a sign-in to the TLS connection: libpq, which sees none, would hang up for it.
fn without_binding(message: Vec<u8>) -> Vec<u8> {
    let Some(offers) = message.strip_prefix(b"R").and_then(|rest| rest.get(4..)?.strip_prefix(&SASL)) else {
        return message;
    };
    let kept = offers.split(|byte| *byte == 0).filter(|name| !name.is_empty() && *name != b"SCRAM-SHA-256-PLUS");
    let kept: Vec<u8> = kept.flat_map(|name| name.iter().copied().chain([0])).chain([0]).collect();
    framed(b'R', &[&SASL[..], &kept].concat())
}

/// What a server says that refuses a connection.
fn refusal(why: &std::io::Error) -> Vec<u8> {
    framed(b'E', format!("SFATAL\0VFATAL\0C08006\0M{why}\0\0").replace('\r', " ").as_bytes())
}

fn framed(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX).to_be_bytes();
    [&[kind][..], &length, body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_offer_that_libpq_cannot_take_is_left_out() {
        let offer = framed(b'R', b"\0\0\0\x0aSCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0");
        assert_eq!(without_binding(offer), framed(b'R', b"\0\0\0\x0aSCRAM-SHA-256\0\0"));
        for other in [&b"\0\0\0\x0aSCRAM-SHA-256\0\0"[..], b"\0\0\0\0", b"\0\0\0\x05salt", b""] {
            assert_eq!(without_binding(framed(b'R', other)), framed(b'R', other));
            assert_eq!(without_binding(framed(b'E', other)), framed(b'E', other));
        }
    }
}
