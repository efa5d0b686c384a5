//! The third module, in a Web Worker: keys and storage.

fn main() {
    intake::keeper::run();
}
