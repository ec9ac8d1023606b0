//! Does a lesson flow on: past questions whose lock is lifted, through proofs and back, on after a goal was met?

use crate::learner::Learner;

const KINDS: &str = include_str!("../questions/kinds.toml");

/// Without a lock → goes on as if one had answered, and what is right is told where it is seen.
#[test]
fn an_unlocked_question_is_passed_and_explained() {
    let asked =
        || Learner::opens("backtracking").presses("L <right>").sees("What is f at the end").sees("→ next trial");
    asked().misses("It is “").presses("<right>").sees("✓ It is “more than 10,000”. x₁ = 2 − 40").sees("→ next page");
    asked().presses("<right> <right>").sees("page 2/10");
    asked().presses("<enter>").sees("It is “more than 10,000”");
    asked().presses("E").sees("It is “more than 10,000”");
    asked().presses("<tick:9> <space> <tick:99>").sees("It is “more than 10,000”");
    // E stops at the question first.
    Learner::opens("backtracking").presses("L E").sees("What is f at the end").misses("It is “");
    // Answering late is answering.
    let late = Learner::opens("backtracking").presses("n L <right> <right> <right>").sees("1-4 answer");
    late.presses("2 <right>").sees("You said “trial 5, α = 0.0625”, and so it is.");
    // The way back is open, and the lock can be set again.
    asked().presses("<right> <left>").sees("What is f at the end").presses("L").sees("Questions lock again");
    asked().presses("L <right>").sees("Answer first, with 1–3").presses("3").sees("You said “more than 10,000”");
}

/// What no run has to show is told at once, and nothing of it is kept as an answer.
#[test]
fn an_unlocked_exercise_is_told_at_once() {
    let lines = Learner::reads(KINDS).presses("n n L").sees("→ the answer").presses("<right>").sees("1. α ← α_init");
    assert!(lines.sitting().records.iter().all(|record| record.answer.is_none()));
    let lines = lines.presses("<left>").sees("0 of 5 lines").presses("<right>");
    lines.presses("<right>").sees("page 4/6").presses("<right>").sees("2 0.5 ✓ 246.4 155.7 too long ✓");
    // Another α has another outcome.
    let learner = Learner::opens("backtracking").presses("n L <right> <right> <right> e 0.1 <enter>");
    learner.presses("<right> <right> <right>").misses("It is “trial 5");
}

#[test]
fn a_proof_keeps_what_it_proves_and_its_way_out() {
    let proof = || Learner::opens("armijo-rule").presses("n n n n <right> 2 <right> w <enter>");
    proof().sees("There are two: (0, 2.329] and [3.671, ∞)").sees("Esc return");
    proof().presses("E").sees("There are two").sees("Esc return").presses("<esc>").misses("Esc return");
    let solution = Learner::opens("backtracking").presses("n n n n n n n n e 0.1 <enter> E h h h h");
    solution.sees("a solution (Esc returns)").sees("Esc return");
    Learner::opens("backtracking").misses("Esc").presses("z").sees("Esc all panels");
}

/// A goal that was met can be tried again: → steps, and the next page comes at the end of that run.
#[test]
fn a_met_goal_can_be_tried_again_and_the_best_try_counts() {
    let met = || Learner::opens("backtracking").presses("n n n n n n n n e 0.09 <enter> E").sees("Goal met with 66");
    met().sees("→ next page").presses("r").sees("→ direction").sees("e change α_init").sees("E to the end");
    met().presses("r <right> <right>").sees("Trial 1").sees("page 9/10").presses("E").sees("→ next page");
    let worse = met().presses("e 0.1 <enter> E").sees("→ next page");
    worse.sees("Goal met with 66 evaluations").presses("<right>").sees("page 10/10");
    let better = Learner::opens("backtracking").presses("n n n n n n n n e 0.1 <enter> E").sees("Goal met with");
    better.misses("Goal met with 66").presses("e 0.09 <enter> <right>").misses("with 66").presses("E").sees("with 66");
}

#[test]
fn rivals_that_have_ended_go_on_no_more() {
    let learner = Learner::opens("backtracking").presses("n n n n n n <right> 2 3 <right>");
    let ended = learner.sees("Run A ended at t = 46; at t = 608 run B ended with f = 0.000985.");
    ended.sees("Both runs have ended.").sees("A t=46").misses("rivals' next").presses("x").sees("0 200 400 evals");
}

#[test]
fn the_loop_names_the_stop_that_was_set() {
    Learner::opens("backtracking").sees("while ‖∇f‖∞ > 1.0e-8").presses("n n n n n n n n").sees("while f > 0.001");
    Learner::opens("saddle-point").presses("n n n n L").sees("while ‖∇f‖∞ > 1.0e-5");
}

#[test]
fn what_is_put_in_order_stays_in_view() {
    let asked = || Learner::opens("backtracking").presses("n n");
    asked().presses("<right>").sees("A line is placed by its number").sees("0 of 5 lines");
    asked().presses("<enter>").sees("1 of 5 lines").presses("<bs>").sees("0 of 5 lines");
    let right = asked().presses("3 5 1 4 2 <enter>").sees("1. α ← α_init 2. while f(x + αd)");
    right.sees("5. x ← x + αd ✓ Every line stands where it belongs.");
}

/// A choice and a number stay in their cell until Enter goes on.
#[test]
fn every_cell_is_left_by_the_same_key() {
    let table = Learner::opens("backtracking").presses("n n n 1").sees("[too long]").sees("Enter next cell");
    let table = table.presses("<enter> 0 . 5").sees("[0.5_]").presses("<enter>").sees("2 0.5 246.4 155.7 [?]");
    let table = table.presses("a").sees("without the letter a");
    table
        .presses("1 <right> 0 . 2 5 <right> 2")
        .sees("Enter answer")
        .presses("<enter>")
        .sees("2 0.5 ✓ 246.4")
        .sees("Every cell is right.");
}

#[test]
fn a_count_is_a_whole_number() {
    let asked = || Learner::opens("backtracking").presses("n n n n n").sees("0-9 type");
    asked().presses("9 . 5 <enter>").sees("9.5 is no count: it is 0, 1, 2 and so on.").misses("How sure");
    asked().presses("− 3 <enter>").sees("−3 is no count");
    asked().presses("9 <enter>").sees("How sure are you?");
    Learner::opens("parabola").presses("n n n <right> <right>").misses("is no count");
}

#[test]
fn a_hint_comes_with_its_question() {
    let early = Learner::opens("backtracking").misses("h hint").presses("h").sees("The hint belongs to the question");
    early.misses("Compute").presses("<right>").sees("h hint").presses("h").sees("Where does x₁ land?");
}

#[test]
fn curvature_fits_beside_the_map() {
    let learner = Learner::opens("saddle-point").presses("n n n n <right> 1 <right>");
    learner.sees("αλ₂ = −0.4: escaping 1 − αλ₂ = 1.4").misses("more");
    let small = Learner::opens("saddle-point").at(80, 20).presses("n n n n <right> 1 <right>");
    small.sees("rows more: z shows all");
}

/// The search of a step that was made under other settings is shown under those.
#[test]
fn a_fork_leaves_old_searches_their_settings() {
    let forked = Learner::opens("armijo-rule").presses("n n n n n n <enter> <enter> e 0.9 f");
    let before = forked.sees("γ₁ 0.1").presses("<left>").sees("γ₁ 0.1").misses("γ₁ 0.9");
    before.presses("<right> <enter>").sees("γ₁ 0.9").misses("γ₁ 0.1");
}

/// A page asks about its run as it is: what would make another run of it waits, and what was seen stays seen.
#[test]
fn questions_and_verdicts_are_about_the_run_of_the_lesson() {
    let opened = || Learner::opens("backtracking");
    opened().presses("e").sees("This page asks about its run as it is: answer first, then change it.");
    opened().presses("<right> 3 k").sees("This run stays as rival B.").misses("e changes something");
    let seen =
        opened().presses("n <right> <right> 2 <right> <right>").sees("and so it is").misses("which yours no longer is");
    let changed = seen.presses("e 0.2 <enter>").sees("which yours no longer is").sees("and so it is").misses("Sealed");
    changed.presses("e 1 <enter>").misses("which yours no longer is");
}
