//! A shell that starts a server when told, and puts everything away when the test process is gone, however it went.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Reads one order a line. The end of its input means that the test process is gone, were it by SIGKILL.
const SHELL: &str = r#"
folder=$1 ready=$2 last=$3
shift 3
cd "$folder" || exit 1
trap '' PIPE HUP
child=
end() {
    [ -z "$child" ] || { kill -s "$1" "$child"; wait "$child"; }
    child=
}
begin() {
    "$@" < /dev/null >> log 2>&1 &
    child=$!
    left=1500
    while [ $left -gt 0 ]; do
        sleep 0.02
        kill -0 "$child" || break
        if eval "$ready"; then echo up; return; fi
        left=$((left - 1))
    done
    end KILL
    echo down
}
while read -r order; do
    case $order in
        start) begin "$@" ;;
        *) end "$order"; echo down ;;
    esac
done
end "$last"
cd /
rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }
"#;

/// Holds a server and its folder; both are gone when this is dropped.
pub struct Keeper {
    folder: PathBuf,
    shell: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Keeper {
    /// Minds a folder, and a server that is up once the shell finds `ready` true in it and ends by the signal `last`.
    pub fn new(folder: &Path, ready: &str, last: &str, command: &[OsString]) -> Keeper {
        let mut shell = Command::new("sh")
            .args(["-c", SHELL, "sh"])
            .args([folder.as_os_str(), ready.as_ref(), last.as_ref()])
            .args(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // What a terminal sends to the tests must not reach the shell before it has tidied up.
            .process_group(0)
            .spawn()
            .expect("there is no sh");
        let orders = shell.stdin.take();
        let answers = BufReader::new(shell.stdout.take().unwrap());
        Keeper { folder: folder.to_owned(), shell, orders, answers }
    }

    /// Starts the server and waits until it is up; an error is the end of what it said.
    pub fn start(&mut self) -> Result<(), String> {
        // What a killed server leaves behind may still be ending: a second or third try is no fault.
        if (0..3).any(|_| self.tell("start") == "up") { Ok(()) } else { Err(log(&self.folder)) }
    }

    /// Ends the server by a signal and waits until it is gone.
    pub fn end(&mut self, signal: &str) {
        self.tell(signal);
    }

    fn tell(&mut self, order: &str) -> String {
        writeln!(self.orders.as_mut().unwrap(), "{order}").expect("the shell that keeps a server is gone");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer.trim().to_owned()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.shell.wait();
    }
}

/// The end of what the server in a folder has said.
pub fn log(folder: &Path) -> String {
    let said = fs::read(folder.join("log")).unwrap_or_default();
    let from = said.len().saturating_sub(20_000);
    String::from_utf8_lossy(&said[from..]).into_owned()
}

/// Who runs the servers: they refuse to be run by root.
pub struct Account(Option<(u32, u32)>);

impl Account {
    /// A command that runs a program as this account.
    pub fn command(&self, program: &Path) -> Vec<OsString> {
        let Some((user, group)) = self.0 else { return vec![program.into()] };
        let setpriv = programs(&["setpriv"], "util-linux").join("setpriv");
        let rights = [format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".to_owned()];
        let mut command = vec![setpriv.into()];
        command.extend(rights.into_iter().map(OsString::from));
        command.push(program.into());
        command
    }

    /// Writes a file that only this account reads.
    pub fn write(&self, path: &Path, text: &str) {
        let mut file = fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        self.give(path);
    }

    fn give(&self, path: &Path) {
        if let Some((user, group)) = self.0 {
            chown(path, Some(user), Some(group)).unwrap();
        }
    }
}

/// A new folder, short enough for the path of a socket, and the account that owns it and runs what is in it.
///
/// It lies where large things may and where a disk is one: `/tmp` is memory on many machines.
pub fn folder(prefix: &str) -> (PathBuf, Account) {
    let folder = tempfile::Builder::new().prefix(prefix).tempdir_in("/var/tmp").unwrap().keep();
    let root = fs::metadata(&folder).unwrap().uid() == 0;
    let account = Account(root.then(|| {
        let people = fs::read_to_string("/etc/passwd").unwrap();
        let of = |name: &str| {
            let line = people.lines().find(|line| line.split(':').next() == Some(name))?;
            let mut ids = line.split(':').skip(2).map(|id| id.parse().ok());
            Some((ids.next()??, ids.next()??))
        };
        of("postgres").or_else(|| of("nobody")).expect("servers refuse root, and there is no user nobody")
    }));
    account.give(&folder);
    (folder, account)
}

/// Runs a command to its end in a folder.
pub fn run(command: &[OsString], folder: &Path) {
    let done = Command::new(&command[0]).args(&command[1..]).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{command:?} fails:\n{}", String::from_utf8_lossy(&done.stderr));
}

/// The folder in which all of these programs are: one of the PATH, or where Debian keeps them, newest version first.
pub fn programs(names: &[&str], package: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut versions: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    versions.sort_by_key(|path| std::cmp::Reverse(number(path)));
    std::env::split_paths(&path)
        .chain(versions.into_iter().map(|version| version.join("bin")))
        .chain(["/usr/sbin".into()])
        .find(|folder| names.iter().all(|name| folder.join(name).is_file()))
        .unwrap_or_else(|| panic!("{} is missing: run tests/all, or apt-get install {package}", names.join(" or ")))
}

/// A port that nobody listens on, below those that the system gives to outgoing connections: it stays free while a
/// server is down.
pub fn free_port() -> u16 {
    let free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    std::iter::repeat_with(|| rand::random_range(20_000..32_000)).take(1000).find(free).expect("no port is free")
}

/// A password that nobody guesses.
pub fn secret() -> String {
    format!("{:032x}", rand::random::<u128>())
}
