//! Are objectives, methods and runs right: by theorems, by other programs, by published problems and by their traps?

mod closed_forms;
mod derivatives;
mod formulas;
mod methods;
mod problems;
mod reference;
mod searches;
mod spelled;
mod traps;
