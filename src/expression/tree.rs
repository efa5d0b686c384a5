/// An expression as it was written.
#[derive(Clone, Debug)]
pub struct Tree {}

impl Tree {
    /// The canonical FHIRPath text.
    #[must_use]
    pub fn canonical(&self) -> String {
        String::new()
    }
}
