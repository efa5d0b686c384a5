//! A program that says on its standard output when it is ready.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

const START: Duration = Duration::from_secs(20);

/// A child process, ended with its owner.
pub(super) struct Process {
    child: Child,
}

impl Process {
    /// Starts a program and waits until `find` finds in a line what was waited for, such as the port.
    pub(super) fn start<T: Send + 'static>(
        command: &mut Command,
        find: impl Fn(&str) -> Option<T> + Send + 'static,
    ) -> (Self, T) {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {name}: {error}"));
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
        let found = receiver.recv_timeout(START).unwrap_or_else(|_| panic!("{name} did not start"));
        (process, found)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
