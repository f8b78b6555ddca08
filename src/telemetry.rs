//! The log: one sentence and its fields a line, never personal data.

use tracing_subscriber::EnvFilter;

/// Who tells at length what a page is filled with: names, comments, secrets that are shown once.
const TOO_TALKATIVE: &str = "handlebars=warn";

/// Starts the log on standard error; `RUST_LOG` chooses what is told, `info` without it.
pub fn start() {
    let asked = std::env::var(EnvFilter::DEFAULT_ENV).ok();
    // A second start (as in tests) keeps the first subscriber.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter(asked.as_deref()))
        .with_writer(std::io::stderr)
        .with_target(false)
        .try_init();
}

/// What is told when somebody asks for this much.
fn filter(asked: Option<&str>) -> EnvFilter {
    let usual = || EnvFilter::new("info,actix_server=warn");
    let filter = asked.and_then(|asked| EnvFilter::try_new(asked).ok()).unwrap_or_else(usual);
    match TOO_TALKATIVE.parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => usual(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_asked_for_what_pages_are_filled_with_is_not_told() {
        for asked in
            [None, Some("trace"), Some("debug,handlebars=trace"), Some("handlebars=debug"), Some("no=such=thing")]
        {
            let told = filter(asked).to_string();
            let of_pages: Vec<&str> = told.split(',').filter(|part| part.starts_with("handlebars")).collect();
            assert_eq!(of_pages, [TOO_TALKATIVE], "{asked:?}: {told}");
        }
        assert!(filter(Some("debug")).to_string().contains("debug"));
    }
}
