//! Whatever pattern a machine ticks in, nothing is said twice and nobody is left out.

use super::{Run, minutes, time};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use varsel::reminder::{Answer, Circle, Due, Ladder, Rung, Step, longest_snooze};

fn start() -> DateTime<Utc> {
    time("2026-10-25T00:00:00+02:00")
}

fn circle() -> impl Strategy<Value = Circle> {
    prop::sample::select(Circle::ALL.to_vec())
}

prop_compose! {
    fn ladder()(
        rungs in prop::collection::btree_map(0_u32..400, circle(), 1..8),
        (first, again) in (circle(), circle()),
        again_every in 5_u32..120,
        unanswered_after in prop_oneof![Just(0), 1_u32..90],
    ) -> Ladder {
        let rungs = rungs.into_iter().rev();
        let rungs = rungs.map(|(minutes_before, circle)| Rung { minutes_before, circle }).collect();
        Ladder { first, rungs, again_every, again, unanswered_after }
    }
}

prop_compose! {
    fn run()(
        one in ladder(),
        idle_every in 30_u32..300,
        deadline in prop::option::weighted(0.9, -200_i64..500),
        period in 1_i64..600,
        is_target: bool,
    ) -> Run {
        let mut run = Run::new(start(), deadline.map(|m| start() + minutes(m)));
        run.period_starts = run.deadline.map(|at| at - minutes(period));
        run.is_target = is_target;
        run.ladders.hours72 = one.clone();
        run.ladders.minutes30 = one.clone();
        run.ladders.target_long = one.clone();
        run.ladders.target_short = one;
        run.ladders.idle_every = idle_every;
        run
    }
}

/// What people do with the n-th reminder: nothing, or so many minutes later an acknowledgement or a snooze.
type Habit = Vec<Option<(i64, Option<i64>)>>;

fn habit() -> impl Strategy<Value = Habit> {
    let answer = (0_i64..60, prop::option::of(1_i64..120));
    prop::collection::vec(prop::option::weighted(0.4, answer), 1..12)
}

/// A run with people who answer by their habit.
struct Answered<'a> {
    run: Run,
    habit: &'a Habit,
    said: Vec<(DateTime<Utc>, Due)>,
    waiting: BTreeMap<DateTime<Utc>, Vec<(Step, Option<i64>)>>,
}

impl<'a> Answered<'a> {
    fn new(run: Run, habit: &'a Habit) -> Self {
        Answered { run, habit, said: Vec::new(), waiting: BTreeMap::new() }
    }

    /// Answers whatever is to be answered by now, then ticks.
    fn tick(&mut self, now: DateTime<Utc>) -> bool {
        self.answer(now);
        let Some(due) = self.run.tick(now) else { return false };
        if let Some((later, snooze)) = self.habit[self.said.len() % self.habit.len()] {
            self.waiting.entry(now + minutes(later)).or_default().push((due.step, snooze));
        }
        self.said.push((now, due));
        self.answer(now);
        true
    }

    fn answer(&mut self, now: DateTime<Utc>) {
        while let Some(entry) = self.waiting.first_entry().filter(|entry| *entry.key() <= now) {
            for (step, snooze) in entry.remove() {
                let longest = longest_snooze(now, &self.run.watched(), &self.run.ladders);
                let answer = match snooze {
                    Some(long) => Answer::Snoozed { until: (now + minutes(long)).min(longest) },
                    None => Answer::Acknowledged,
                };
                self.run.answer(step, answer);
            }
        }
    }
}

/// The gaps between ticks, in seconds; some are long sleeps, some go back.
fn ticks(back: bool) -> impl Strategy<Value = Vec<i64>> {
    let gap = if back {
        prop_oneof![6 => 1_i64..120, 3 => 60_i64..4000, 1 => 4000_i64..30_000, 2 => -8000_i64..0].boxed()
    } else {
        prop_oneof![6 => 1_i64..120, 3 => 60_i64..4000, 1 => 4000_i64..30_000].boxed()
    };
    prop::collection::vec(gap, 1..80)
}

fn instants(gaps: &[i64]) -> Vec<DateTime<Utc>> {
    let mut now = start();
    let mut all = vec![now];
    for gap in gaps {
        now += TimeDelta::seconds(*gap);
        all.push(now);
    }
    all.push(*all.iter().max().unwrap() + TimeDelta::hours(12));
    all
}

/// Ticks in a pattern and checks what holds in every pattern.
fn tick_through(run: &mut Run, pattern: &[DateTime<Utc>]) -> Result<(), TestCaseError> {
    let mut said = HashSet::new();
    for now in pattern {
        let foreseen = run.next(*now);
        if let Some(due) = run.tick(*now) {
            prop_assert!(said.insert((due.step, due.circle)), "{} twice to {:?}", due.step, due.circle);
            prop_assert!(!due.missed.contains(&due.step));
            prop_assert!(due.late_by.is_none_or(|late| late > minutes(2) && *now - due.since == late));
        }
        prop_assert_eq!(run.due(*now), None, "asked again at the same instant");
        prop_assert_eq!(run.next(*now), foreseen, "what is due now counts as said");
        named_is_the_first(run, *now)?;
    }
    Ok(())
}

/// Something is due at the instant that is named, and at none before it at which anything could change.
fn named_is_the_first(run: &Run, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    let named = run.next(now);
    prop_assert!(named > now && run.due(named).is_some());
    let ladder = &run.ladders.hours72;
    let said = run.fired.iter().map(|fired| fired.at);
    let waits = said.clone().map(|at| at + minutes(ladder.unanswered_after.into()));
    let rungs = ladder.rungs.iter().filter_map(|rung| Some(run.deadline? - minutes(rung.minutes_before.into())));
    let between = [now + TimeDelta::microseconds(1), named - TimeDelta::microseconds(1)];
    for at in said.chain(waits).chain(rungs).chain(between).filter(|at| now < *at && *at < named) {
        prop_assert_eq!(run.due(at), None, "at {}, before {}", at, named);
    }
    Ok(())
}

/// Ticks at every grain of time and, beside it, only at the instants that are named, and compares what is said.
fn says_the_same(run: &Run, habit: &Habit, grain: TimeDelta, long: TimeDelta) -> Result<(), TestCaseError> {
    let end = start() + long;
    let mut every = Answered::new(run.clone(), habit);
    let mut now = start();
    while now <= end {
        every.tick(now);
        now += grain;
    }
    let mut told = Answered::new(run.clone(), habit);
    let (mut now, mut named) = (start(), start());
    while now <= end {
        // An answer that comes at the very instant may silence what was named, and brings nothing forward.
        let answered = told.waiting.contains_key(&now);
        let spoke = told.tick(now);
        prop_assert!(if spoke { now == named } else { answered }, "{spoke} at {now}, named was {named}");
        named = told.run.next(now);
        prop_assert!(named > now);
        // An answer changes what comes, so whoever keeps time looks again when one is given.
        now = told.waiting.keys().next().map_or(named, |answer| named.min(*answer));
    }
    prop_assert_eq!(&every.said, &told.said);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(25) })]

    #[test]
    fn ticking_when_told_to_says_the_same_as_ticking_every_second(
        mut run in run(), habit in habit(), odd in 0_i64..60,
    ) {
        run.deadline = run.deadline.map(|at| at + TimeDelta::seconds(odd));
        says_the_same(&run, &habit, TimeDelta::seconds(1), minutes(250))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn ticking_when_told_to_says_the_same_as_ticking_every_minute(run in run(), habit in habit()) {
        says_the_same(&run, &habit, minutes(1), minutes(700))?;
    }

    #[test]
    fn every_rung_reaches_its_circle_at_the_first_tick_after_it(mut run in run(), gaps in ticks(false)) {
        let pattern = instants(&gaps);
        tick_through(&mut run, &pattern)?;
        let Some(deadline) = run.deadline else { return Ok(()) };
        let end = *pattern.last().unwrap();
        for rung in &run.ladders.hours72.rungs {
            let at = deadline - minutes(rung.minutes_before.into());
            if at <= run.armed_at || at > end {
                continue;
            }
            let first = *pattern.iter().find(|tick| **tick >= at).unwrap();
            let said = run.fired.iter().find(|fired| fired.at == first);
            prop_assert!(said.is_some_and(|fired| fired.circle >= rung.circle), "{rung:?} at {at}: {said:?}");
        }
    }

    #[test]
    fn a_clock_that_jumps_about_leaves_nobody_out_and_says_nothing_twice(mut run in run(), gaps in ticks(true)) {
        let pattern = instants(&gaps);
        tick_through(&mut run, &pattern)?;
        prop_assert_eq!(run.fired.first().map(|fired| fired.at), Some(start()));
        let Some(deadline) = run.deadline else { return Ok(()) };
        let end = *pattern.iter().max().unwrap();
        for rung in &run.ladders.hours72.rungs {
            let at = deadline - minutes(rung.minutes_before.into());
            let reached = run.fired.iter().any(|fired| fired.at >= at && fired.circle >= rung.circle);
            prop_assert!(at <= run.armed_at || at > end || reached, "{rung:?} at {at}");
        }
    }

    #[test]
    fn a_snoozed_step_comes_back_once_and_nothing_else_comes_twice(run in run(), habit in habit(), gaps in ticks(true)) {
        let mut answered = Answered::new(run, &habit);
        for now in instants(&gaps) {
            answered.tick(now);
        }
        let mut said = HashSet::new();
        let snoozes = |step: Step| {
            let of = |(to, answer): &&(Step, Answer)| *to == step && matches!(answer, Answer::Snoozed { .. });
            answered.run.answers.iter().filter(of).count()
        };
        for (_, due) in &answered.said {
            if !due.again {
                prop_assert!(said.insert((due.step, due.circle)), "{} twice", due.step);
            }
            let again = answered.said.iter().filter(|(_, other)| other.step == due.step && other.again).count();
            prop_assert!(again <= snoozes(due.step));
        }
    }

    #[test]
    fn an_acknowledged_step_is_not_heard_of_again(run in run()) {
        let habit = vec![Some((0, None))];
        let mut answered = Answered::new(run, &habit);
        for minute in 0..=700 {
            answered.tick(start() + minutes(minute));
        }
        let steps: HashSet<Step> = answered.said.iter().map(|(_, due)| due.step).collect();
        prop_assert_eq!(steps.len(), answered.said.len());
        prop_assert!(answered.said.iter().all(|(_, due)| !due.escalated && !due.again));
    }
}
