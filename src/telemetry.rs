//! The log: one sentence and its fields a line, never personal data.

use tracing_subscriber::EnvFilter;

/// Starts the log on standard error; `RUST_LOG` chooses what is told, `info` without it.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    // A second start (as in tests) keeps the first subscriber.
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).try_init();
}
