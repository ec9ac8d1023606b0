//! The map under a learner's hands: looking around, overlays, slices; each key is pressed.

mod learner;

use learner::Learner;

#[test]
fn every_key_of_looking_around_moves_the_window() {
    let learner = Learner::opens("backtracking").sees("x₁ −10…10 x₂ −6…24").presses("o").sees("← → ↑ ↓ move");
    let learner = learner.presses("+").sees("x₁ −5…5 x₂ 1.5…16.5 ×2");
    let learner = learner.presses("<right>").sees("x₁ −2.5…7.5 x₂ 1.5…16.5");
    let learner = learner.presses("<up> <up>").sees("x₁ −2.5…7.5 x₂ 9…24");
    let learner = learner.presses("<left>").sees("x₁ −5…5 x₂ 9…24");
    let learner = learner.presses("<down>").sees("x₁ −5…5 x₂ 5.25…20.25");
    let learner = learner.presses("-").sees("x₁ −10…10 x₂ −2.25…27.75").misses("×2");
    let learner = learner.presses("- =").sees("x₁ −10…10 x₂ −2.25…27.75");
    let learner = learner.presses("0").sees("x₁ −10…10 x₂ −6…24");
    // Esc ends the looking and keeps the view, in which the run goes on.
    let learner = learner.presses("+ <esc>").sees("x₁ −5…5").misses("move").sees("t=0");
    let learner = learner.presses("<right>").sees("x₁ −5…5");
    learner.presses("n").sees("x₁ −10…10");
}

#[test]
fn looking_around_is_free_while_a_question_is_open_and_answers_nothing() {
    let learner = Learner::opens("backtracking").presses("<right>").sees("1-3 answer").presses("o + 1");
    assert_eq!(learner.sitting().record().answer, None);
    learner.sees("×2").presses("<esc>").sees("1-3 answer");
}

#[test]
fn on_a_narrow_screen_or_a_zoomed_panel_looking_around_brings_up_the_map() {
    Learner::opens("backtracking").at(60, 20).presses("n n").misses("x₂ −6…24").presses("o").sees("x₂ −6…24");
    Learner::opens("backtracking").presses("n n z").misses("x₂ −6…24").presses("o").sees("x₂ −6…24");
}
