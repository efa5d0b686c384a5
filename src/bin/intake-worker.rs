//! The module in the Web Worker.

use gloo::worker::Registrable;

#[path = "echo/mod.rs"]
mod echo;

fn main() {
    echo::Echo::registrar().register();
}
