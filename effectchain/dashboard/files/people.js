/* One world of the page People in the browser: who is where in which week, and what people are called.

   const { World, Names, share, follow, icon, LEGEND } = EffectChain.people;
   share({ world, week, listed, team });          // tells all parts of the page what is seen now
   const leave = follow((seen) => this.take(seen)); // hears it, from what is seen already on
*/
(function () {
  'use strict';

  const BIT = { failed: 1, recovered: 4, delighted: 16, gone: 128 };
  const ABSENT = -32768;
  const CUSTOMER = 1;
  const MOST_LISTED = 500;
  const TYPES = { uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array, int32: Int32Array, uint32: Uint32Array };
  const FILLS = { visit: '#8391a0', failed: '#b84307', recovered: '#0b6fb8', delighted: '#7a3fa8', left: '#16202b' };

  function unpacked(packed) {
    const text = window.atob(packed.bytes);
    const bytes = new Uint8Array(text.length);
    for (let place = 0; place < text.length; place += 1) { bytes[place] = text.charCodeAt(place); }
    return new TYPES[packed.type](bytes.buffer);
  }

  class World {
    constructor(data) {
      Object.assign(this, { weeks: data.weeks, leaders: data.leaders, states: data.states, leaderStates: data.leader_states });
      Object.keys(data).forEach((name) => { if (data[name].bytes !== undefined) { this[name] = unpacked(data[name]); } });
      this.members = Array.from({ length: this.leaders }, () => []);
      this.team.forEach((team, slot) => this.members[team].push(slot));
      this.placeOf = new Map();
      this.people.forEach((number, place) => this.placeOf.set(number, place));
      this.order = Array.from(this.people.keys()).sort((one, other) => (this.status[other] === CUSTOMER) - (this.status[one] === CUSTOMER) || one - other);
      this.busiest = this.members.map((slots) => this.usualMost(slots));
      this.restart();
    }

    /* As many visits as a seat of these has in a week at most, but for the busiest week in twenty. */
    usualMost(slots) {
      const own = new Set(slots);
      const most = [];
      for (let week = 1; week <= this.weeks; week += 1) {
        const counts = new Map();
        for (let row = this.visit_from[week]; row < this.visit_from[week + 1]; row += 1) {
          const slot = this.visit_seat[row];
          if (own.has(slot)) { counts.set(slot, (counts.get(slot) || 0) + 1); }
        }
        most.push(Math.max(0, ...counts.values()));
      }
      return most.sort((one, other) => one - other)[Math.floor(0.95 * most.length)] || 0;
    }

    restart() {
      this.now = { week: 0, status: this.status.slice(), satisfaction: this.satisfaction.slice() };
    }

    since(week, slot) { return this.hired[week * this.seats.length + slot]; }
    isHere(week, slot) { return this.since(week, slot) !== ABSENT; }
    state(week, slot, name) { return this.employees[(week * this.seats.length + slot) * this.states.length + this.states.indexOf(name)]; }
    ofLeader(week, team, name) { return this.teams[(week * this.leaders + team) * this.leaderStates.length + this.leaderStates.indexOf(name)]; }
    count(week, slot, place) { return week ? this.counts[((week - 1) * this.seats.length + slot) * 5 + place] : 0; }

    visits(week) {
      const found = [];
      for (let row = this.visit_from[week]; row < this.visit_from[week + 1]; row += 1) {
        found.push({ person: this.visit_person[row], slot: this.visit_seat[row], happened: this.visit_happened[row] });
      }
      return found;
    }

    /* Status and satisfaction of everybody shown as this week ends. */
    market(week) {
      if (week < this.now.week) { this.restart(); }
      const now = this.now;
      for (; now.week < week; now.week += 1) {
        const next = now.week + 1;
        for (let row = this.visit_from[next]; row < this.visit_from[next + 1]; row += 1) {
          now.satisfaction[this.visit_person[row]] = this.visit_satisfaction[row];
        }
        for (let row = this.move_from[next]; row < this.move_from[next + 1]; row += 1) {
          now.status[this.move_person[row]] = this.move_status[row];
          now.satisfaction[this.move_person[row]] = this.move_satisfaction[row];
        }
      }
      return now;
    }
  }

  function kindOf(happened) {
    if (happened & BIT.failed) { return happened & BIT.recovered ? 'recovered' : 'failed'; }
    return happened & BIT.delighted ? 'delighted' : 'visit';
  }

  /* What people are called, in the page's language. */
  class Names {
    constructor(words, language) {
      this.words = words;
      this.plain = new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-GB');
    }

    leader(team) { return this.words.leader.replace('{number}', team + 1); }
    customer(number) { return this.words.customer.replace('{number}', this.plain.format(number)); }

    employee(world, slot, week) {
      const since = world.since(week, slot);
      const label = since > 0 ? this.words.newcomer.replace('{week}', since) : this.words.employee;
      return { who: 'employee.' + world.seats[slot] + '.' + since, label: label.replace('{number}', world.seats[slot] + 1) };
    }

    /* Everybody who works here at the end of this week, by team, the leader first. */
    staff(world, week) {
      return world.members.map((slots, team) => ({
        label: this.words.team.replace('{number}', team + 1),
        people: [{ who: 'leader.' + team, label: this.leader(team) }].concat(slots.filter((slot) => world.isHere(week, slot)).map((slot) => this.employee(world, slot, week))),
      }));
    }

    /* Customers who were served this week, by number. */
    visitors(world, week) {
      return world.visits(week).slice(0, MOST_LISTED).map((visit) => {
        const number = world.people[visit.person];
        const kind = kindOf(visit.happened);
        return { who: 'customer.' + number, number, label: this.customer(number) + (kind === 'visit' ? '' : ' · ' + this.words['legend_' + kind]) };
      }).sort((one, other) => one.number - other.number);
    }
  }

  const PATHS = {
    circle: 'M0,-4.5A4.5,4.5,0,1,1,0,4.5A4.5,4.5,0,1,1,0,-4.5Z',
    triangle: 'M0,-5.5L5.5,4.5L-5.5,4.5Z',
    diamond: 'M0,-6L6,0L0,6L-6,0Z',
    star: 'M0,-6.5L1.6,-2.2L6.2,-2L2.6,0.9L3.8,5.3L0,2.7L-3.8,5.3L-2.6,0.9L-6.2,-2L-1.6,-2.2Z',
    cross: 'M-5,-5L5,5M5,-5L-5,5',
  };
  const LEGEND = {
    visit: { path: PATHS.circle, fill: FILLS.visit },
    failed: { path: PATHS.triangle, fill: FILLS.failed },
    recovered: { path: PATHS.diamond, fill: FILLS.recovered },
    delighted: { path: PATHS.star, fill: FILLS.delighted },
    left: { path: PATHS.cross, fill: 'none', stroke: FILLS.left },
  };
  const SURPRISE = { path: PATHS.star, fill: '#fff', stroke: FILLS.delighted };
  const BAD = ['failure', 'dropped', 'told_bad', 'heard_bad', 'tired', 'fell_back', 'rival', 'down'];
  const GOOD = ['recovered', 'paradox', 'told_good', 'heard_good', 'adopted', 'engaged', 'rested', 'joined', 'up', 'came'];

  /* The mark beside a sentence of this kind, as attributes of an SVG path. */
  function icon(kind) {
    let shape = LEGEND[kind] || LEGEND.visit;
    if (BAD.includes(kind)) { shape = LEGEND.failed; }
    if (GOOD.includes(kind)) { shape = LEGEND.recovered; }
    if (kind === 'surprise') { shape = SURPRISE; }
    return { d: shape.path, fill: shape.fill, stroke: shape.stroke, 'stroke-width': shape.stroke ? 1.6 : 0 };
  }

  const seen = { world: null, week: 0, listed: 0, team: -1 };

  function share(now) {
    Object.assign(seen, now);
    window.dispatchEvent(new CustomEvent('ec-people', { detail: { ...seen } }));
  }

  /* Tell what is seen now and whenever that changes; what comes back ends it. */
  function follow(tell) {
    const hear = (event) => tell(event.detail);
    window.addEventListener('ec-people', hear);
    if (seen.world) { tell(seen); }
    return () => window.removeEventListener('ec-people', hear);
  }

  window.EffectChain = window.EffectChain || {};
  window.EffectChain.people = { World, Names, kindOf, icon, share, follow, LEGEND, FILLS, BIT };
}());
