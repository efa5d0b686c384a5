//! What the page of the profile says, held to the profile that it hands out and to the engine that computed it.

mod picture;
mod refused;
mod rows;
mod why;
