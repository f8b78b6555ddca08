//! The body of an answer that is sent as it is read, so that a large file never lies in memory.

use std::fs::File;
use std::io::{Read, Seek};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_SECURITY_POLICY};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use tokio::sync::mpsc;

use crate::error::Error;

/// How much is read ahead of whoever takes it.
const AHEAD: usize = 2;
const PIECE: usize = 64 * 1024;

/// A body whose pieces come by a channel; it ends early, and loudly, when a piece is an error.
pub struct Flow {
    size: u64,
    pieces: mpsc::Receiver<Result<Bytes, Error>>,
}

impl Flow {
    /// A body of this many bytes, and where its pieces are put in.
    #[must_use]
    pub fn new(size: u64) -> (mpsc::Sender<Result<Bytes, Error>>, Self) {
        let (into, pieces) = mpsc::channel(AHEAD);
        (into, Self { size, pieces })
    }

    /// A body that is read from a file, from its beginning.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of_file(mut file: File) -> Result<Self, Error> {
        let size = file.metadata().map_err(Error::internal)?.len();
        file.rewind().map_err(Error::internal)?;
        let (into, flow) = Self::new(size);
        actix_web::rt::task::spawn_blocking(move || {
            loop {
                let mut piece = vec![0; PIECE];
                match file.read(&mut piece) {
                    Ok(0) => return,
                    Ok(read) => piece.truncate(read),
                    Err(why) => {
                        let _ = into.blocking_send(Err(Error::internal(why)));
                        return;
                    }
                }
                if into.blocking_send(Ok(piece.into())).is_err() {
                    return;
                }
            }
        });
        Ok(flow)
    }
}

impl MessageBody for Flow {
    type Error = Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.size)
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        self.pieces.poll_recv(cx)
    }
}

/// A cell of CSV that no spreadsheet takes for a formula: one that begins as a formula does gets an apostrophe in front.
pub fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// An answer that a browser stores and never shows: `safe` is a name of plain letters, `name` the one for people.
#[must_use]
pub fn download(safe: &str, name: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    let escaped: String = name
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    answer
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{safe}\"; filename*=UTF-8''{escaped}")))
        // Should a browser show it after all, nothing in it runs and it is of no site.
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; frame-ancestors 'none'"))
        // It goes out as it is.
        .insert_header((CONTENT_ENCODING, "identity"));
    answer
}
