//! The map under a learner's hands: looking around, overlays, slices; each key is pressed.

mod learner;

use learner::Learner;

#[test]
fn every_key_of_looking_around_moves_the_window() {
    let learner = Learner::opens("backtracking").sees("x₁ −10…10 x₂ −6…24").presses("o").sees("← → ↑ ↓ move");
    let learner = learner.presses("+").sees("x₁ −5…5 x₂ 1.5…16.5 2:1");
    let learner = learner.presses("<right>").sees("x₁ −2.5…7.5 x₂ 1.5…16.5");
    let learner = learner.presses("<up> <up>").sees("x₁ −2.5…7.5 x₂ 9…24");
    let learner = learner.presses("<left>").sees("x₁ −5…5 x₂ 9…24");
    let learner = learner.presses("<down>").sees("x₁ −5…5 x₂ 5.25…20.25");
    let learner = learner.presses("-").sees("x₁ −10…10 x₂ −2.25…27.75").misses("2:1");
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
    learner.sees("2:1").presses("<esc>").sees("1-3 answer");
}

#[test]
fn on_a_narrow_screen_or_a_zoomed_panel_looking_around_brings_up_the_map() {
    Learner::opens("backtracking").at(60, 20).presses("n n").misses("x₂ −6…24").presses("o").sees("x₂ −6…24");
    Learner::opens("backtracking").presses("n n z").misses("x₂ −6…24").presses("o").sees("x₂ −6…24");
}

/// A landscape whose minima are known, and gradient descent that reaches them.
const HIMMELBLAU: &str = r#"
format = 1
title  = "Four hollows"

[scenario.himmelblau]
objective = { name = "himmelblau" }

[[scenario.himmelblau.run]]
step_size = { rule = "fixed", alpha = 0.01 }
stop      = { iterations = 300 }

[[page]]
text  = "Where does a start lead?"
until = { iteration = 2 }

[[page]]
text  = "Does it arrive?"
ask   = { kind = "choose", question = "Where does it end?", options = [
  { text = "at a minimum", claim = { at = 300, quantity = "value", below = 1e-6 } },
  { text = "elsewhere", claim = { at = 300, quantity = "value", above = 1e-6 } },
] }
"#;

/// On to the overlay of this number.
fn overlay(number: usize) -> String {
    "v ".repeat(number)
}

#[test]
fn basins_have_letters_and_shares() {
    let mut learner = Learner::reads(HIMMELBLAU).presses("<enter>");
    let bare = learner.screen();
    let mut learner = learner.presses(&overlay(6)).sees("Each start has the letter of the minimum it reaches");
    let screen = learner.screen();
    let inside =
        |letter: char| screen.lines().skip(3).take(10).flat_map(str::chars).filter(|one| *one == letter).count();
    // f is 181.6 at the lower left, where only one minimum is near; all four take about a quarter.
    for letter in "abcd".chars() {
        let count = inside(letter);
        assert!(count > 10, "{letter} {count}\n{screen}");
    }
    assert_ne!(bare, screen);
    learner = learner.sees("a 2").sees("d 2");
    // The same question is not asked twice, and the next overlays take the letters away.
    learner.presses("v").misses("a 2");
}

#[test]
fn no_basin_tells_the_answer_of_an_open_question() {
    let learner = Learner::reads(HIMMELBLAU).presses(&overlay(6)).sees("a 2");
    learner.presses("n").misses("a 2").presses("v").sees("Answer first");
}

#[test]
fn saddles_and_minima_are_marked() {
    let mut learner = Learner::reads(HIMMELBLAU);
    let screen = learner.screen();
    let count = |mark: char| {
        screen.lines().skip(2).take(13).flat_map(|row| row.chars().take(40)).filter(|one| *one == mark).count()
    };
    assert_eq!((count('*'), count('+')), (4, 4), "{screen}");
}
