//! Two years of made-up incidents in an empty database, so that a newcomer sees the program alive.
