//! What decides a claim: it reads each row of the runs once, however often one asks while they are still being made.

use std::sync::Arc;

use crate::engine::record::Sample;
use crate::engine::record::quantity::datum::Datum;
use crate::engine::run::Run;
use crate::lesson::claim::predicate::{At, Claim, Comparison, Condition, Operand, RowClaim};
use crate::lesson::claim::rows::{self, Horizon};
use crate::lesson::scenario::Cast;

/// What was read of the runs so far, for one claim.
#[derive(Debug, Clone)]
pub struct Watch {
    node: Node,
    /// Where each run stood, so that other runs are noticed.
    stood: Vec<(usize, Arc<Sample>)>,
}

/// What is known of a claim, or of a part of it.
#[derive(Debug, Clone, Default)]
pub(in crate::lesson) struct Node {
    /// So many rows were read.
    read: usize,
    /// The first row that meets all conditions, or that decides about every row or some row.
    found: Option<usize>,
    /// Whether it holds, once no further row can change that.
    settled: Option<bool>,
    parts: Vec<Node>,
}

impl Watch {
    /// Nothing read yet.
    pub fn new(cast: &Cast) -> Self {
        let mut watch = Self { node: Node::default(), stood: Vec::new() };
        watch.note(cast);
        watch
    }

    /// Whether these are the runs that it followed, and none of them went back.
    pub fn is_of(&self, cast: &Cast) -> bool {
        let is_same = |((t, here), run): (&(usize, Arc<Sample>), &Run)| {
            run.iteration() >= *t && run.iterate(*t).is_some_and(|known| Arc::ptr_eq(known, here))
        };
        self.stood.len() == cast.runs.len() && self.stood.iter().zip(&cast.runs).all(is_same)
    }

    /// Whether the steps made so far decide that the claim holds, and at which row, if it asks for the first.
    pub fn holds(&mut self, claim: &Claim, cast: &mut Cast) -> Result<(bool, Option<usize>), String> {
        self.note(cast);
        let holds = self.node.holds(claim, cast, Horizon::Made)?;
        let first = self.node.found.filter(|_| matches!(claim, Claim::First { .. }));
        Ok((holds == Some(true), first))
    }

    fn note(&mut self, cast: &Cast) {
        let is_on = |index: usize, t: usize| self.stood.get(index).is_none_or(|(stood, _)| t > *stood);
        let stands = cast.runs.iter().enumerate().map(|(index, run)| match self.stood.get(index) {
            Some(known) if !is_on(index, run.iteration()) => known.clone(),
            _ => (run.iteration(), Arc::clone(run.here())),
        });
        self.stood = stands.collect();
    }
}

/// Whether a claim can be followed: it compares with numbers alone, so that a row that was read never counts anew.
pub fn can_follow(claim: &Claim) -> bool {
    match claim {
        Claim::Row(row) => is_plain(&row.condition.comparison),
        Claim::First { conditions, iteration, .. } => {
            conditions.iter().all(|condition| is_plain(&condition.comparison)) && iteration.iter().all(is_plain)
        }
        Claim::All(claims) | Claim::Any(claims) => claims.iter().all(can_follow),
        Claim::Not(claim) => can_follow(claim),
    }
}

fn is_plain(comparison: &Comparison) -> bool {
    match comparison {
        Comparison::Equals { to, .. }
        | Comparison::Below(to)
        | Comparison::Above(to)
        | Comparison::AtMost(to)
        | Comparison::AtLeast(to) => matches!(to, Operand::Number(_)),
        Comparison::Is(_) | Comparison::Near { .. } => true,
    }
}

impl Node {
    /// Whether the claim holds; `None` while a row beyond the horizon can change that.
    pub(in crate::lesson) fn holds(
        &mut self,
        claim: &Claim,
        cast: &mut Cast,
        horizon: Horizon,
    ) -> Result<Option<bool>, String> {
        if self.settled.is_some() {
            return Ok(self.settled);
        }
        match claim {
            Claim::First { run, conditions, iteration } => {
                let index = rows::index(cast, run.as_ref())?;
                let Some(first) = self.finds(index, conditions, cast, horizon)? else {
                    return Ok(cast.runs[index].peek().is_err().then_some(false));
                };
                // What is first stays first.
                let is_wanted = |wanted| rows::compare(&Datum::Count(first as u64), wanted, cast, horizon);
                self.settled = Some(iteration.as_ref().map_or(Ok(true), is_wanted)?);
                Ok(self.settled)
            }
            Claim::Row(row) => self.row_holds(row, cast, horizon),
            Claim::All(claims) => self.together(claims, false, cast, horizon),
            Claim::Any(claims) => self.together(claims, true, cast, horizon),
            Claim::Not(claim) => Ok(self.parts(1)[0].holds(claim, cast, horizon)?.map(|holds| !holds)),
        }
    }

    fn row_holds(&mut self, row: &RowClaim, cast: &mut Cast, horizon: Horizon) -> Result<Option<bool>, String> {
        let index = rows::index(cast, row.run.as_ref())?;
        if matches!(row.at, At::Every | At::Some) {
            let wanted = row.at == At::Some;
            self.settled = self.reads(row, cast, horizon)?.map(|_| wanted);
            return Ok(self.settled.or(cast.runs[index].peek().is_err().then_some(!wanted)));
        }
        self.settled = match rows::row_at(cast, index, row.at, rows::reach_of(row, horizon))? {
            Some(t) => Some(rows::row_meets(row, cast, index, t, horizon)?),
            None => cast.runs[index].peek().is_err().then_some(false),
        };
        Ok(self.settled)
    }

    /// What several claims decide together, of which one alone decides by being `alone`.
    fn together(
        &mut self,
        claims: &[Claim],
        alone: bool,
        cast: &mut Cast,
        horizon: Horizon,
    ) -> Result<Option<bool>, String> {
        let mut is_open = false;
        for (claim, part) in claims.iter().zip(self.parts(claims.len())) {
            match part.holds(claim, cast, horizon)? {
                Some(holds) if holds == alone => return Ok(Some(alone)),
                Some(_) => {}
                None => is_open = true,
            }
        }
        Ok((!is_open).then_some(!alone))
    }

    fn parts(&mut self, count: usize) -> &mut [Self] {
        self.parts.resize_with(count, Self::default);
        &mut self.parts
    }

    /// The first row that meets all conditions, of the rows within the horizon.
    pub(in crate::lesson) fn finds(
        &mut self,
        index: usize,
        conditions: &[Condition],
        cast: &mut Cast,
        horizon: Horizon,
    ) -> Result<Option<usize>, String> {
        while self.found.is_none() {
            let Some(meets) = rows::meets(conditions, cast, index, self.read, horizon)? else { break };
            self.found = meets.then_some(self.read);
            self.read += 1;
        }
        Ok(self.found)
    }

    /// The first row that decides a claim about every row or some row, of the rows within the horizon.
    pub(in crate::lesson) fn reads(
        &mut self,
        claim: &RowClaim,
        cast: &mut Cast,
        horizon: Horizon,
    ) -> Result<Option<usize>, String> {
        let index = rows::index(cast, claim.run.as_ref())?;
        let wanted = claim.at == At::Some;
        while self.found.is_none() {
            let Some(meets) = rows::each_meets(claim, cast, index, self.read, horizon)? else { break };
            self.found = (meets == wanted).then_some(self.read);
            self.read += 1;
        }
        Ok(self.found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::course::library;
    use crate::lesson::scenario::cast;

    /// Every claim of every shipped lesson, on every scenario: followed step by step it says what a fresh reading says.
    #[test]
    fn what_is_followed_is_what_is_read_anew() {
        let mut asked = 0;
        for (id, _) in library::SHIPPED {
            let lesson = library::open(id).unwrap();
            for page in &lesson.pages {
                let Some(goal) = page.goal.as_ref().filter(|goal| can_follow(&goal.claim)) else { continue };
                for scenario in &lesson.scenarios {
                    let Ok(mut cast) = cast(scenario, &[]) else { continue };
                    let mut watch = Watch::new(&cast);
                    for t in 0..40 {
                        cast.runs.iter_mut().for_each(|run| run.go_to(t));
                        let anew = Watch::new(&cast).holds(&goal.claim, &mut cast.clone()).map(|(holds, _)| holds);
                        assert_eq!(watch.holds(&goal.claim, &mut cast).map(|(holds, _)| holds), anew, "{id} t = {t}");
                        asked += 1;
                        if anew == Ok(true) {
                            break;
                        }
                    }
                    assert!(watch.is_of(&cast));
                }
            }
        }
        assert!(asked > 40, "{asked}");
    }
}
