//! Files and folders that their owner alone may read, from the moment they are there.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a file for reading and writing; refused where there is one already.
///
/// # Errors
/// What the system says.
pub fn new_file(path: &Path) -> io::Result<File> {
    options().read(true).write(true).create_new(true).open(path)
}

/// Makes a file unless there is one.
///
/// # Errors
/// What the system says.
pub fn file(path: &Path) -> io::Result<File> {
    options().append(true).create(true).open(path)
}

/// A file that is gone from its folder before anything is written into it, so that nothing of it stays behind.
///
/// # Errors
/// What the system says.
pub fn nameless(folder: &Path) -> io::Result<File> {
    let path = folder.join(format!("varsel-{}.part", uuid::Uuid::now_v7().as_simple()));
    let file = new_file(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

/// Makes a folder and those above it unless they are there.
///
/// # Errors
/// What the system says.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
