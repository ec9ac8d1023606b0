//! Every shipped lesson is played through by keys, once by a learner who is always right and once by one who never is.
#![expect(clippy::unwrap_used, reason = "a lesson without what is looked for is a failure")]

use downhill::app::room::errand::Standing;
use downhill::app::room::sitting::Sitting;
use downhill::engine::number::counted;
use downhill::lesson::course::library::SHIPPED;
use downhill::lesson::question::grade::key;
use downhill::lesson::question::{Answer, Ask, Kind};

use crate::answers::pressed;
use crate::learner::Learner;

/// More presses of → than any page of these lessons takes.
const PATIENCE: usize = 600;

#[test]
fn every_lesson_is_played_well() {
    for (id, _) in SHIPPED {
        play(id, true);
    }
}

#[test]
fn every_lesson_is_played_badly() {
    for (id, _) in SHIPPED {
        play(id, false);
    }
}

fn play(id: &str, is_well: bool) {
    let mut learner = Learner::opens(id);
    let pages = learner.sitting().lesson.pages.len();
    for number in 1..=pages {
        learner = learner.sees(&format!("page {number}/{pages}"));
        if learner.sitting().page().ask.is_some() {
            learner = predict(learner, is_well);
        }
        for number in 0..learner.sitting().page().why.len() {
            learner = read_card(learner, number);
        }
        if learner.sitting().page().goal.is_some() {
            learner = aim(learner, is_well);
        }
        learner = walk(learner, |sitting| sitting.standing() != Standing::Stepping);
        learner = learner.presses(if is_well { "<right>" } else { "n" });
    }
    learner.sees("That was the last page.");
}

/// Presses → until something is reached.
fn walk(mut learner: Learner, is_there: impl Fn(&Sitting) -> bool) -> Learner {
    for _ in 0..PATIENCE {
        if is_there(learner.sitting()) {
            return learner;
        }
        learner = learner.presses("<right>");
        counts_one(&learner.screen());
    }
    learner.sees("an end of this page")
}

/// Comes to the question, is held there, answers, and reads what is said when the outcome is seen.
fn predict(learner: Learner, is_well: bool) -> Learner {
    let learner = walk(learner, |sitting| sitting.open_question().is_some()).presses("E").sees("Answer first");
    let sitting = learner.sitting();
    let ask = sitting.open_question().unwrap().clone();
    let Kind::Choose(options) = &ask.kind else { return work(learner, &ask, is_well) };
    let Answer::Choice(right) = key(&ask, &mut sitting.cast.clone()).unwrap() else {
        unreachable!("an option is chosen")
    };
    let chosen = if is_well { right } else { (right + 1) % options.len() };
    let because = beginning(options[right].because.as_ref().unwrap().as_str());
    let refute = options[chosen].refute.as_ref().filter(|_| chosen != right);
    let said = refute.map_or_else(|| because.clone(), |text| beginning(text.as_str()));
    let hint = beginning(sitting.page().hints[0].as_str());
    let learner = learner.presses("h").sees(&hint).presses("<esc>").misses(&because);
    let learner = learner.presses(&format!("{}{}", chosen + 1, if ask.confidence { " 3" } else { "" }));
    let learner = walk(learner, Sitting::is_outcome_seen);
    let confident = if ask.confidence { "(you were sure)" } else { "You said" };
    learner.sees(&said).sees(&because).sees(confident)
}

/// Answers by a number, a point, lines or cells; a bad learner mends what can be mended.
fn work(learner: Learner, ask: &Ask, is_well: bool) -> Learner {
    let sitting = learner.sitting();
    let because = beginning(ask.because.as_ref().unwrap().as_str());
    // A wrong number is pressed above the right one.
    let of_side = if let Kind::Number(measure) = &ask.kind { measure.too_high.as_ref() } else { None };
    let refute = beginning(of_side.or(ask.refute.as_ref()).unwrap().as_str());
    let hint = beginning(sitting.page().hints[0].as_str());
    let right = pressed(ask, sitting, true);
    let wrong = pressed(ask, sitting, false);
    let confidence = if ask.confidence { " 3" } else { "" };
    let learner = learner.presses("h").sees(&hint).presses("<esc>").misses(&because);
    let learner = match (is_well, ask.kind.is_exercise()) {
        (true, _) => learner.presses(&format!("{right}{confidence}")),
        (false, false) => learner.presses(&format!("{wrong}{confidence}")),
        (false, true) => {
            let learner = learner.presses(&wrong).sees(&refute).misses(&because);
            let again = pressed(ask, learner.sitting(), true);
            learner.presses(&again)
        }
    };
    let learner = walk(learner, Sitting::is_outcome_seen).sees(&because);
    if is_well || ask.kind.is_exercise() { learner } else { learner.sees(&refute) }
}

/// Opens a why card, sees the run that proves it, and comes back.
fn read_card(learner: Learner, number: usize) -> Learner {
    let card = learner.sitting().page().why[number].clone();
    let cursor = learner.sitting().cursor;
    let learner = learner.presses(&"w ".repeat(number + 1)).sees(&beginning(card.actually.as_str()));
    let learner = learner.presses("<enter>").sees("proof").presses("E <esc>").misses("proof (");
    assert_eq!(learner.sitting().cursor, cursor);
    learner
}

/// Meets the goal with the settings that the file proves it with; or runs on, fails, and reads all hints.
fn aim(learner: Learner, is_well: bool) -> Learner {
    if !is_well {
        let hints: Vec<String> = learner.sitting().page().hints.iter().map(|hint| beginning(hint.as_str())).collect();
        let learner = learner.presses("E").sees("the goal is not met");
        return hints.iter().fold(learner, |learner, hint| learner.presses("h").sees(hint)).presses("<esc>");
    }
    let proof = learner.sitting().page().proof.clone();
    assert_eq!(proof.len(), 1, "these goals change one setting");
    let value = proof[0].value.to_string();
    counts_agree(learner.presses(&format!("e {value} <enter> E")).sees("Goal met with"))
}

/// Holds that the run stands where the goal was met, and that notice, title and message count alike.
fn counts_agree(learner: Learner) -> Learner {
    let (sitting, t) = (learner.sitting(), learner.sitting().cursor.t);
    let (unit, spent) = (sitting.page().goal.as_ref().unwrap().unit(), sitting.record().goal.unwrap());
    let stood = if unit == "iteration" { t as u64 } else { sitting.cast.runs[0].calls().value };
    assert_eq!(stood, spent, "{unit}: what the run stands at is what the goal took");
    let is_over = sitting.is_over();
    let learner = learner.sees(&format!("t={t}")).sees(&format!("Goal met with {}", counted(spent, unit)));
    if is_over { learner } else { learner.sees(&format!("stopped at t = {t}.")) }
}

/// Holds that what there is one of has no plural.
fn counts_one(screen: &str) {
    let words: Vec<&str> =
        screen.split_whitespace().map(|word| word.trim_matches(|each| !char::is_alphanumeric(each))).collect();
    let counted =
        ["iterations", "evaluations", "trials", "steps", "rows", "minutes", "lines", "cells", "runs", "tasks"];
    let wrong = words.windows(2).find(|pair| pair[0] == "1" && counted.contains(&pair[1]));
    assert_eq!(wrong, None, "{screen}");
}

/// The first words of a text, up to where its markup begins.
fn beginning(text: &str) -> String {
    let plain = text.split(['`', '*']).next().unwrap();
    let words: Vec<&str> = plain.split_whitespace().take(4).collect();
    words.join(" ")
}
