//! What goes out of the house: by which way a message travels and what became of it. It knows nothing of incidents.

pub mod transport;
