//! The outbox: nothing is lost, nothing is sent twice, and people see what happened.
