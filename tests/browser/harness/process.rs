//! A program that says on its standard output when it is ready.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// A machine that is busy with browsers starts another slowly.
const START: Duration = Duration::from_secs(60);
const ATTEMPTS: usize = 3;

/// A child process, ended with its owner.
pub(super) struct Process {
    child: Child,
}

impl Process {
    /// Starts a program and waits until `find` finds in a line what was waited for, such as the port.
    pub(super) fn start<T: Send + 'static>(
        command: &mut Command,
        find: impl Fn(&str) -> Option<T> + Clone + Send + 'static,
    ) -> (Self, T) {
        // A driver that is told to choose a port may find that another program has just taken it, and ends.
        let started = (0..ATTEMPTS).find_map(|_| Self::try_start(command, find.clone()));
        started.unwrap_or_else(|| panic!("{} did not start", command.get_program().to_string_lossy()))
    }

    fn try_start<T: Send + 'static>(
        command: &mut Command,
        find: impl Fn(&str) -> Option<T> + Send + 'static,
    ) -> Option<(Self, T)> {
        let mut child = spawn(command.stdout(Stdio::piped()));
        let output = child.stdout.take().expect("the output is piped");
        let process = Self { child };
        let (sender, receiver) = mpsc::channel();
        // The thread reads on to the end: a full pipe would stop the program.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(found) = find(&line) {
                    let _ = sender.send(found);
                }
            }
        });
        let found = receiver.recv_timeout(START).ok()?;
        Some((process, found))
    }
}

impl Process {
    /// Starts a program that does not say when it is ready.
    pub(super) fn begin(command: &mut Command) -> Self {
        Self { child: spawn(command.stdout(Stdio::null()).stderr(Stdio::null())) }
    }
}

/// In a group of its own, which ends with it: what the program has started itself would outlive it.
fn spawn(command: &mut Command) -> Child {
    let name = command.get_program().to_string_lossy().into_owned();
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command.stdin(Stdio::null()).spawn().unwrap_or_else(|error| panic!("cannot start {name}: {error}"))
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
