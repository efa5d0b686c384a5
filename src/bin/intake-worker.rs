//! The second module, in a Web Worker.

fn main() {
    intake::worker::run();
}
