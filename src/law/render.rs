//! The rule book printed for a lawyer.
