//! varsel
