//! A TCP proxy that ends connections at random bytes.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::random::Random;

/// How many connections were ended, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Broken {
    /// While the request went up.
    pub up: usize,
    /// While the answer came down.
    pub down: usize,
    /// After the server had answered, before a byte of it came down.
    pub after_commit: usize,
}

pub struct Proxy {
    address: SocketAddr,
    broken: Arc<Mutex<Broken>>,
}

/// What is done to a connection.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Whole,
    /// Ended after so many bytes of the request.
    Up(usize),
    /// Ended after so many bytes of the answer; with 0, none of it comes through.
    Down(usize),
}

/// A request of these tests has fewer bytes, an answer too: so that most ends fall within.
const REQUEST: usize = 5_000;
const ANSWER: usize = 900;

impl Proxy {
    /// Listens until the test process ends.
    pub fn start(server: SocketAddr, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let broken = Arc::new(Mutex::new(Broken::default()));
        let counted = Arc::clone(&broken);
        std::thread::spawn(move || {
            let mut random = Random::new(seed);
            for client in listener.incoming().flatten() {
                let fate = match random.below(10) {
                    0..4 => Fate::Up(random.below(REQUEST)),
                    4..6 => Fate::Down(1 + random.below(ANSWER)),
                    6..8 => Fate::Down(0),
                    _ => Fate::Whole,
                };
                let broken = Arc::clone(&counted);
                std::thread::spawn(move || pass(client, server, fate, &broken));
            }
        });
        Self { address, broken }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn broken(&self) -> Broken {
        *self.broken.lock().unwrap()
    }
}

fn pass(client: TcpStream, server: SocketAddr, fate: Fate, broken: &Mutex<Broken>) {
    let Ok(upstream) = TcpStream::connect(server) else { return };
    let (up, down) = match fate {
        Fate::Whole => (usize::MAX, usize::MAX),
        Fate::Up(bytes) => (bytes, usize::MAX),
        Fate::Down(bytes) => (usize::MAX, bytes),
    };
    let ends = [client.try_clone().unwrap(), upstream.try_clone().unwrap()];
    let (from, to) = (client.try_clone().unwrap(), upstream.try_clone().unwrap());
    let request = std::thread::spawn(move || copy(from, to, up));
    let ended_down = copy(upstream, client, down);
    for end in &ends {
        // The other side may have gone first.
        let _ = end.shutdown(Shutdown::Both);
    }
    let ended_up = request.join().unwrap();
    let mut broken = broken.lock().unwrap();
    broken.up += usize::from(ended_up);
    match fate {
        Fate::Down(0) => broken.after_commit += usize::from(ended_down),
        _ => broken.down += usize::from(ended_down),
    }
}

/// Passes bytes on up to a number of them; whether it ended the connection there.
fn copy(mut from: TcpStream, mut to: TcpStream, most: usize) -> bool {
    let mut left = most;
    let mut buffer = [0_u8; 1_024];
    loop {
        let Ok(read) = from.read(&mut buffer) else { return false };
        if read == 0 {
            let _ = to.shutdown(Shutdown::Write);
            return false;
        }
        let passed = read.min(left);
        if to.write_all(&buffer[..passed]).is_err() {
            return false;
        }
        left -= passed;
        if passed < read {
            let _ = from.shutdown(Shutdown::Both);
            let _ = to.shutdown(Shutdown::Both);
            return true;
        }
    }
}
