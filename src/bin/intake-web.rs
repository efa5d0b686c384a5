//! The page.

fn main() {
    intake::web::run();
}
