//! Where a request came from, carried along to whatever is written down because of it.
//!
//! The actions take no request. The border notes the address on the task that answers the request, the database takes it
//! over with each job, and sets it on the thread that runs the job, for as long as that job runs and no longer.

use std::cell::RefCell;
use std::future::Future;
use std::sync::Arc;

tokio::task_local! {
    static REQUEST: Origin;
}

thread_local! {
    static JOB: RefCell<Origin> = const { RefCell::new(Origin(None)) };
}

/// The address somebody asked from; none for what the program does by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin(Option<Arc<str>>);

impl Origin {
    /// A request from this address.
    #[must_use]
    pub fn of(address: &str) -> Self {
        Self(Some(address.into()))
    }

    /// Where what runs now comes from: the request of this task, else the job of this thread.
    #[must_use]
    pub fn current() -> Self {
        REQUEST.try_with(Clone::clone).unwrap_or_else(|_| JOB.with_borrow(Clone::clone))
    }

    /// The address, empty where there is none.
    #[must_use]
    pub fn address(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// Runs a task, and whatever it waits for, as coming from here.
    pub async fn carry<F: Future>(self, task: F) -> F::Output {
        REQUEST.scope(self, task).await
    }

    /// Runs a job on this thread as coming from here; afterwards the thread comes from where it came before.
    pub fn around<T>(&self, job: impl FnOnce() -> T) -> T {
        let _before = Before(JOB.replace(self.clone()));
        job()
    }
}

/// Puts back what stood on the thread, even when the job panics.
struct Before(Origin);

impl Drop for Before {
    fn drop(&mut self) {
        JOB.set(std::mem::take(&mut self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_forgets_where_a_job_came_from_even_when_it_panics() {
        assert_eq!(Origin::current().address(), "");
        Origin::of("192.0.2.1").around(|| {
            assert_eq!(Origin::current().address(), "192.0.2.1");
            Origin::default().around(|| assert_eq!(Origin::current().address(), ""));
            assert_eq!(Origin::current().address(), "192.0.2.1");
        });
        let panicked = std::panic::catch_unwind(|| Origin::of("192.0.2.2").around(|| panic!("on purpose")));
        assert!(panicked.is_err());
        assert_eq!(Origin::current().address(), "");
    }

    #[tokio::test(flavor = "current_thread")]
    async fn two_tasks_on_one_thread_never_mix_up() {
        let one = |address: &'static str| {
            Origin::of(address).carry(async move {
                for _ in 0..50 {
                    tokio::task::yield_now().await;
                    assert_eq!(Origin::current().address(), address);
                }
            })
        };
        tokio::join!(one("192.0.2.1"), one("192.0.2.2"));
        assert_eq!(Origin::current().address(), "");
    }
}
