/* The costly half of a week in C: who comes, encounters, talk, staying and choosing.

A translation of agents/ and simulation/, rule by rule, on the same records and with the same draws; what speed is
compared with. Draws are made for a block of people in one loop that the compiler can vectorise, as ours are.
records.h is made from the record types. */

#include <math.h>
#include <stdint.h>
#include <string.h>
#include "records.h"

typedef struct {
    const Settings *settings;
    const Parameters *parameters;
    const Plan *plan;
    Organisation *organisation;
    const Leader *leaders;
    Employee *employees;
    const Segment *segments;
    Customer *customers;
    Tally *tally;
    Encounter *encounter;
    int32_t *visitors;
    int32_t *roll; /* who, and then of which segment */
    uint32_t *luck; /* four words a person of a block, for each decision from VISIT on */
    double *minds; /* ROWS rows of a block of people */
    int32_t *who; /* the customers of a block, and then the others */
    int64_t seats, people;
} World;

enum { PROSPECT, CUSTOMER, WITH_RIVAL };
enum { CLOSED, VACANT, EMPLOYED };
enum { OUTCOME, PROCESS, MISTREATMENT };
enum { UNDERSTANDING, STRATEGY, LEADERSHIP, CULTURE, DESIGN, ENGAGEMENT, OPERATIONS, MONITORING, INNOVATION };
enum { WELCOME, BASICS, TAILORED, UNBURDENED, AMAZED };
enum { ORIENT, ARRANGE, MOMENT, AFTERCARE };
enum { WORKLOAD = 3, SERVING, TALKING, CHOOSING };
enum { NOBODY = -1 };

/* shapes */

static inline double share(double value) { return value < 0.0 ? 0.0 : value > 1.0 ? 1.0 : value; }
static inline double clip(double value, double low, double high) { return value < low ? low : value > high ? high : value; }
static inline double above(double value, double limit) { return value > limit ? value - limit : 0.0; }
static inline double least(double one, double other) { return other < one ? other : one; }
static inline double most(double one, double other) { return other > one ? other : one; }

/* mathematics: as agents/mathematics.py has it, and not the C library's */

#define TO_WHOLE 6755399441055744.0
#define LN_2_HIGH 6.93147180369123816490e-01
#define LN_2_LOW 1.90821492927058770002e-10

static inline uint64_t bits_of(double value) { uint64_t bits; memcpy(&bits, &value, 8); return bits; }
static inline double number_of(uint64_t bits) { double value; memcpy(&value, &bits, 8); return value; }

static inline double to_e(double value) {
    double shifted = value * 1.4426950408889634 + TO_WHOLE, times = shifted - TO_WHOLE;
    double x = (value - times * LN_2_HIGH) - times * LN_2_LOW, x2 = x * x, x4 = x2 * x2;
    double series = (((1.0 / 2.0) + (1.0 / 6.0) * x) + x2 * ((1.0 / 24.0) + (1.0 / 120.0) * x))
        + x4 * (((1.0 / 720.0) + (1.0 / 5040.0) * x) + x2 * ((1.0 / 40320.0) + (1.0 / 362880.0) * x))
        + (x4 * x4)
            * (((1.0 / 3628800.0) + (1.0 / 39916800.0) * x) + x2 * ((1.0 / 479001600.0) + (1.0 / 6227020800.0) * x));
    double result = (1.0 + (x + x2 * series)) * number_of((bits_of(shifted) + 1023) << 52);
    return value > 709.0 ? INFINITY : value < -709.0 ? 0.0 : result;
}

static inline double ln(double value) {
    if (!(value >= 2.2250738585072014e-308)) return value >= 0.0 ? -INFINITY : NAN;
    if (value == INFINITY) return value;
    uint64_t bits = bits_of(value);
    double times = (double)((int64_t)(bits >> 52) - 1023);
    double x = number_of((bits & ((1ull << 52) - 1)) | (1023ull << 52));
    if (x > 2.0 * 0.7071067811865476) { x *= 0.5; times += 1.0; }
    double f = x - 1.0, s = f / (2.0 + f), s2 = s * s, s4 = s2 * s2;
    double even = s4 * (3.999999999940941908e-01 + s4 * (2.222219843214978396e-01 + s4 * 1.531383769920937332e-01));
    double odd = s2 * (6.666666666666735130e-01
        + s4 * (2.857142874366239149e-01 + s4 * (1.818357216161805012e-01 + s4 * 1.479819860511658591e-01)));
    double half = 0.5 * f * f;
    return times * LN_2_HIGH - ((half - (s * (half + (even + odd)) + times * LN_2_LOW)) - f);
}

static inline double power(double base, double exponent) { return exponent != 0.0 ? to_e(exponent * ln(base)) : 1.0; }

static inline double normal_below(double value) {
    double x = least(fabs(value), 38.0);
    double up = ((((((0.0352624965998911 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x
        + 112.079291497871) * x + 221.213596169931) * x + 220.206867912376);
    double down = (((((((0.0883883476483184 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x
        + 296.564248779674) * x + 637.333633378831) * x + 793.826512519948) * x + 440.413735824752);
    double tail = to_e(-0.5 * x * x) * up / down;
    return value < 0.0 ? tail : 1.0 - tail;
}

static inline double logistic(double odds) { return 1.0 / (1.0 + to_e(-odds)); }

static inline double weakest_of_three(double first, double second, double third) {
    double roots = 1.0 / sqrt(first + 1e-9) + 1.0 / sqrt(second + 1e-9) + 1.0 / sqrt(third + 1e-9);
    return 9.0 / (roots * roots);
}

static inline double weakest_of_two(double first, double second) {
    double roots = 1.0 / sqrt(first + 1e-9) + 1.0 / sqrt(second + 1e-9);
    return 4.0 / (roots * roots);
}

/* luck */

typedef struct { double a, b, c, d; } Four;

static inline void philox(uint32_t c[4], uint64_t key) {
    uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
    for (int round = 0; round < 10; round++) {
        uint64_t left = (uint64_t)0xD2511F53u * c[0], right = (uint64_t)0xCD9E8D57u * c[2];
        c[0] = (uint32_t)(right >> 32) ^ c[1] ^ k0;
        c[1] = (uint32_t)right;
        c[2] = (uint32_t)(left >> 32) ^ c[3] ^ k1;
        c[3] = (uint32_t)left;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
}

static inline double open_share(uint32_t word) { return (double)word * 0x1p-32 + 0x1p-33; }

static inline Four four(uint64_t key, int decision, int64_t week, int64_t who, int64_t whom) {
    uint32_t words[4] = {(uint32_t)who, (uint32_t)whom, (uint32_t)(week + 1000000), (uint32_t)decision};
    philox(words, key);
    return (Four){open_share(words[0]), open_share(words[1]), open_share(words[2]), open_share(words[3])};
}

static uint32_t *words_of(const World *w, int decision) { return w->luck + (decision - DRAW_VISIT) * 4 * BLOCK; }

static void draw(const World *w, const int32_t *people, int64_t count, int decision, int64_t week) {
    uint32_t *restrict luck = words_of(w, decision);
    uint64_t key = w->settings->key;
    for (int64_t n = 0; n < count; n++) {
        uint32_t words[4] = {(uint32_t)people[n], 0, (uint32_t)(week + 1000000), (uint32_t)decision};
        philox(words, key);
        luck[n] = words[0];
        luck[BLOCK + n] = words[1];
        luck[2 * BLOCK + n] = words[2];
        luck[3 * BLOCK + n] = words[3];
    }
}

static inline Four drawn(const World *w, int decision, int64_t n) {
    const uint32_t *luck = words_of(w, decision) + n;
    return (Four){open_share(luck[0]), open_share(luck[BLOCK]), open_share(luck[2 * BLOCK]), open_share(luck[3 * BLOCK])};
}

static inline void look_ahead(const Customer *c, int lines) {
    for (int line = 0; line < lines; line++) __builtin_prefetch((const char *)c + 64 * line, 1, 3);
}

static double normal(double chance) { /* AS 241 */
    double q = chance - 0.5;
    if (fabs(q) <= 0.425) {
        double r = 0.180625 - q * q;
        double up = (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
            + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
            + 1.3314166789178437745e2) * r + 3.3871328727963666080e0);
        double down = (((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
            + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
            + 4.2313330701600911252e1) * r + 1.0);
        return q * up / down;
    }
    double r = sqrt(-ln(q < 0.0 ? chance : 1.0 - chance)), up, down;
    if (r <= 5.0) {
        r -= 1.6;
        up = (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
            + 1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
            + 4.63033784615654529590e0) * r + 1.42343711074968357734e0);
        down = (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
            + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
            + 2.05319162663775882187e0) * r + 1.0);
    } else {
        r -= 5.0;
        up = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
            + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
            + 5.46378491116411436990e0) * r + 6.65790464350110377720e0);
        down = (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
            + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
            + 5.99832206555887937690e-1) * r + 1.0);
    }
    return q < 0.0 ? -up / down : up / down;
}

/* work */

static inline double overload(const Employee *e, double margin) { return above(e->autonomy, e->competence + margin); }

static double handles(const Employee *e, const Leader *leader, const Organisation *o, const Parameters *p) {
    double skill = 0.55 + 0.45 * e->competence / p->competence_usual;
    double tired = 1.0 - p->capacity_exhaustion * above(e->exhaustion, 0.30);
    double learning = p->learning_load * o->intensity * (0.4 + 0.3 * (o->top_down + o->bottom_up));
    double own = leader->self_managing;
    double starting = p->self_managing_cost * 4.0 * own * (1.0 - own);
    double busy = 1.0 - p->coaching_load * leader->coaching - learning - starting;
    double care = 1.0 + p->care_time * (e->norm * e->engagement - 0.30);
    double lean = p->absence_exhaustion * (e->exhaustion - 0.30) - p->absence_engagement * (e->engagement - 0.57);
    double absent = share(p->absence_base * to_e(lean));
    return most(0.05, skill * tired * busy * (1.0 - absent) / care);
}

static double erode(const Organisation *o, const Parameters *p) {
    if (o->utilisation > 1.0) {
        double hold = 1.0 - p->erosion_culture * o->block[CULTURE];
        double slide = above(o->standard, 1.0 / o->utilisation) / p->erosion_lag;
        return share(o->standard - p->erosion_strength * hold * slide);
    }
    double seen = p->restoration_base + p->restoration_range * o->block[STRATEGY] * o->block[MONITORING];
    return share(o->standard + seen * (1.0 - o->standard) / p->erosion_lag);
}

static void count_seats(World *w) {
    Tally *t = w->tally;
    t->seats = t->last_seat = t->employed = 0;
    for (int64_t seat = 0; seat < w->seats; seat++) {
        if (w->employees[seat].status != CLOSED) {
            t->seats += 1;
            t->last_seat = (int32_t)seat + 1;
        }
        t->employed += w->employees[seat].status == EMPLOYED;
    }
}

static inline int32_t *segments_of(const World *w) { return w->roll + w->people + AHEAD; }

static inline int32_t sign(const World *w, int64_t i, int32_t on_roll) {
    w->roll[on_roll] = (int32_t)i;
    segments_of(w)[on_roll] = w->customers[i].segment;
    return on_roll + (w->customers[i].status == CUSTOMER);
}

static void call_the_roll(World *w) {
    int32_t on_roll = 0;
    for (int64_t i = 0; i < w->people; i++) on_roll = sign(w, i, on_roll);
    w->tally->on_roll = on_roll;
}

static void receive_visitors(World *w, const Plan *plan, int64_t week) {
    double demand = plan->demand * to_e(w->organisation->demand_drift);
    int32_t count = 0, on_roll = w->tally->on_roll;
    for (int32_t first = 0; first < on_roll; first += BLOCK) {
        int32_t last = first + BLOCK < on_roll ? first + BLOCK : on_roll;
        draw(w, w->roll + first, last - first, DRAW_VISIT, week);
        for (int32_t n = first; n < last; n++) {
            w->visitors[count] = w->roll[n];
            count += drawn(w, DRAW_VISIT, n - first).a < least(0.98, w->segments[segments_of(w)[n]].visits * demand);
        }
    }
    w->tally->visitors = count;
}

static void weigh_work(World *w) {
    Organisation *o = w->organisation;
    Tally *t = w->tally;
    double capacity = 0.0;
    for (int64_t seat = 0; seat < w->seats; seat++) {
        const Employee *e = &w->employees[seat];
        if (e->status == EMPLOYED) capacity += handles(e, &w->leaders[e->team], o, w->parameters);
    }
    t->capacity = capacity * w->settings->capacity;
    double work = t->visitors + o->rework;
    o->utilisation = 10.0;
    if (t->capacity > 0.0) o->utilisation = clip(work / t->capacity, 0.0, 10.0);
    o->strain += (o->utilisation - o->strain) / w->parameters->strain_lag;
    o->standard = erode(o, w->parameters);
    double crowded = o->utilisation > 1.0 ? 1.0 - 1.0 / o->utilisation : 0.0;
    o->thin = share(clip(crowded + 1.0 - o->standard, 0.0, 1.0));
}

/* encounters */

static void set_odds_and_price(World *w, const Plan *plan) {
    const Parameters *p = w->parameters;
    const Organisation *o = w->organisation;
    w->tally->price = plan->price * to_e(o->price_drift);
    double handed_over = w->settings->handovers * (1.0 - p->handover_cure * o->block[OPERATIONS]);
    double odds = ln(p->failure_base / (1.0 - p->failure_base))
        - p->failure_operations * (o->block[OPERATIONS] - p->block_usual)
        - p->failure_innovation * (o->block[INNOVATION] - p->block_usual)
        + p->failure_pressure * above(o->utilisation, 1.0)
        + p->failure_handover * (handed_over - p->handover_usual)
        + plan->failures;
    w->tally->common_failure = clip(odds, -50.0, 50.0);
}

static int64_t own_contact(World *w, Customer *c, double chance) {
    if (w->settings->continuity <= 0.0 || c->contact == NOBODY) return NOBODY;
    const Employee *e = &w->employees[c->contact];
    if (e->status != EMPLOYED || e->hired_week != c->contact_hired) {
        c->bond = share(c->bond * (1.0 - w->parameters->continuity_break));
        c->contact = NOBODY;
        return NOBODY;
    }
    return chance < w->settings->continuity ? c->contact : NOBODY;
}

static int64_t whoever_is_free(const World *w, double first, double second) {
    int64_t seats = w->tally->last_seat;
    if (seats < 1) return NOBODY;
    int64_t seat = (int64_t)(first * (double)seats);
    if (seat > seats - 1) seat = seats - 1;
    if (w->employees[seat].status == EMPLOYED) return seat;
    seat = (int64_t)(second * (double)seats);
    if (seat > seats - 1) seat = seats - 1;
    for (int64_t tried = 0; tried < seats; tried++) {
        if (w->employees[seat].status == EMPLOYED) return seat;
        seat = (seat + 1) % seats;
    }
    return NOBODY;
}

static double effort_of(const Employee *e, const Organisation *o, double handovers, int familiar, const Parameters *p) {
    const double *block = o->block;
    double crowded = above(o->utilisation, p->crowding_from);
    double handed_over = handovers * (1.0 - p->handover_cure * block[OPERATIONS]);
    double orient = p->effort_base - p->effort_design * block[DESIGN];
    double arrange = p->effort_base - p->effort_operations * block[OPERATIONS] + p->effort_handover * handed_over;
    double moment = p->effort_base - p->effort_competence * e->competence + p->effort_crowding * crowded;
    double aftercare =
        p->effort_base - 0.5 * (p->effort_design * block[DESIGN] + p->effort_operations * block[OPERATIONS]);
    double mean = 0.2 * orient + 0.3 * arrange + 0.25 * moment + 0.25 * aftercare;
    if (familiar) mean -= p->effort_familiar;
    return share(mean);
}

static double effective_competence(const Employee *e, const Leader *leader, const Parameters *p) {
    double usable = e->competence * (1.0 - p->overload_competence * overload(e, 0.1));
    return share(usable + p->directed_competence * above(0.6, e->competence) * (1.0 - leader->style));
}

static void feel(
    Encounter *m, const Employee *e, const Leader *leader, const Organisation *o, int familiar, const Parameters *p
) {
    const double *block = o->block;
    double rushed = p->rush * o->thin;
    double warmth = sqrt(e->engagement * e->norm) * (1.0 - 0.25 * above(e->exhaustion, 0.30));
    m->felt[WELCOME] = share(p->welcome_base + p->welcome_people * warmth - rushed);
    double ready = weakest_of_three(block[OPERATIONS], effective_competence(e, leader, p), 0.3 + 0.7 * block[DESIGN]);
    m->felt[BASICS] = share(p->basics_base + p->basics_range * ready - 0.5 * rushed);
    double known = to_e(0.4 * ln(o->knowledge) + 0.2 * ln(e->autonomy) + 0.4 * ln(e->competence));
    double tailored = p->tailored_base + p->tailored_range * known - rushed;
    if (familiar) tailored += p->tailored_familiar;
    m->felt[TAILORED] = share(tailored);
    m->felt[UNBURDENED] = share(1.0 - m->effort - 0.5 * rushed);
    double fresh = sqrt(block[DESIGN] * block[INNOVATION]) * (0.5 + 0.5 * e->norm);
    m->felt[AMAZED] = share(p->amazed_base + p->amazed_range * fresh - rushed);
}

static double perceive(
    const Encounter *m, const Customer *c, const Segment *s, const Employee *e, const Organisation *o, double bell,
    double shock, const Parameters *p
) {
    double value = 0.0;
    for (int k = 0; k < 5; k++) value += s->weight[k] * m->felt[k];
    double spread = p->service_spread * (1.5 - e->competence) * (0.7 + 0.6 * e->autonomy);
    double unknown = p->knowledge_penalty * (1.0 - o->knowledge) * c->demandingness;
    return share(value + p->performance_level + o->site + shock + c->leniency - unknown + spread * bell);
}

static double chance_to_surprise(const Employee *e, const Organisation *o, double extra, const Parameters *p) {
    double repertoire = weakest_of_two(o->block[DESIGN], o->block[INNOVATION]);
    double people = e->engagement * e->autonomy * (0.5 + 0.5 * e->norm);
    return share(p->surprise_base * repertoire * people + extra);
}

static double size_of_surprise(const Customer *c, const Organisation *o, const Parameters *p) {
    double known = p->basics_known * above(o->failing, p->basics_known_from);
    double unforgiven = share(c->failures / most(p->delight_failures, 1e-9) + known);
    return share(p->surprise_size * c->novelty * (1.0 - p->basics_first * unforgiven));
}

static double chance_to_fail(const Employee *e, const Leader *leader, double common, const Parameters *p) {
    double odds = common
        - p->failure_competence * (e->competence - p->competence_usual)
        + p->failure_exhaustion * (e->exhaustion - 0.30)
        + p->failure_overload * overload(e, 0.05)
        - p->failure_directed * above(0.6, e->competence) * (1.0 - leader->style);
    return logistic(odds);
}

static double memory_of(int step, const Parameters *p) {
    if (step == MOMENT) return 0.25 + 0.15 * p->peak_end;
    if (step == AFTERCARE) return 0.25 + 0.05 * p->peak_end;
    return 0.25 - 0.10 * p->peak_end;
}

static int step_that_fails(double chance) {
    static const double fails_at[] = {0.15, 0.30, 0.35};
    double reached = 0.0;
    for (int step = 0; step < 3; step++) {
        reached += fails_at[step];
        if (chance < reached) return step;
    }
    return AFTERCARE;
}

static int kind_of_failure(double chance, const Employee *e, const Parameters *p) {
    double mistreated = share(p->mistreatment * (1.0 + 2.0 * (e->exhaustion - 0.30) - 1.0 * (e->norm - 0.5)));
    if (chance < mistreated) return MISTREATMENT;
    return chance < mistreated + (1.0 - mistreated) * 0.45 ? PROCESS : OUTCOME;
}

static void fail(Encounter *m, const Employee *e, double severity, double step, double kind, const Parameters *p) {
    m->failed = 1;
    m->step = step_that_fails(step);
    m->kind = kind_of_failure(kind, e, p);
    double drawn = p->severity_low + (p->severity_high - p->severity_low) * severity;
    m->severity = clip(drawn * (0.8 + 0.8 * memory_of(m->step, p)), 0.05, 0.95);
}

static void recover(Encounter *m, const Employee *e, const Organisation *o, double bell, const Parameters *p) {
    double luck = p->recovery_spread * bell, room = e->autonomy;
    m->distributive = least(
        p->recovery_cap, share(p->distributive_base + p->distributive_mandate * room * sqrt(e->competence) + luck)
    );
    m->procedural =
        share(p->procedural_base + p->procedural_mandate * room + p->procedural_operations * o->block[OPERATIONS]);
    m->interactional = share(
        p->interactional_base + p->interactional_engagement * e->engagement + p->interactional_norm * e->norm
        - p->interactional_exhaustion * e->exhaustion + luck
    );
    double shift = m->kind == MISTREATMENT ? p->recovery_match : m->kind == OUTCOME ? -0.3 * p->recovery_match : 0.0;
    m->recovery_quality = share(
        (p->weight_distributive - shift) * m->distributive + (p->weight_interactional + shift) * m->interactional
        + (1.0 - p->weight_distributive - p->weight_interactional) * m->procedural
    );
}

static void mend(World *w, Encounter *m, const Customer *c, const Segment *s, const Employee *e, double noticing) {
    const Parameters *p = w->parameters;
    const Organisation *o = w->organisation;
    Four luck = four(w->settings->key, DRAW_RECOVERY, m->week, m->customer, 0);
    double voice = p->voice_base + p->voice_severity * m->severity + p->voice_invited * o->block[MONITORING]
        + p->voice_demanding * c->demandingness + s->voice;
    if (m->kind == MISTREATMENT) voice -= p->voice_mistreatment;
    if (luck.a < share(voice)) {
        m->voiced = 1;
        m->effort = share(m->effort + p->effort_failure);
    } else if (noticing >= share(p->notice * e->engagement * e->autonomy * e->norm)) {
        return;
    }
    double handed_over = w->settings->handovers * (1.0 - p->handover_cure * o->block[OPERATIONS]);
    double help = share(
        p->help_base + p->help_norm * e->norm + p->help_culture * o->block[CULTURE] + p->help_autonomy * e->autonomy
    );
    if (luck.b < share(p->elsewhere * (1.0 - to_e(-handed_over))) && luck.c >= help) {
        m->bounced = m->voiced;
        if (m->voiced == 1) m->effort = share(m->effort + p->effort_bounced);
        return;
    }
    m->recovered = 1;
    recover(m, e, o, normal(luck.d), p);
    m->recovery_satisfaction =
        share(p->satcom_base + p->satcom_slope * (m->recovery_quality + c->leniency - c->recovery_expectation));
}

static double satisfaction_with(const Encounter *m, const Customer *c, double price, const Parameters *p) {
    double received = m->performance + m->surprise;
    double gap = received - c->expectation;
    double wanted = c->desired - c->expectation;
    double size = gap > 0.0 ? gap : -gap;
    double felt = above(size, c->tolerance) + p->within_tolerance * least(size, c->tolerance);
    double value = gap >= 0.0 ? p->gain_value * felt : -p->gain_value * p->loss_aversion * felt;
    return share(
        p->satisfaction_at_par + p->satisfaction_performance * (m->performance - 0.60)
        + p->satisfaction_expectation * (c->expectation - 0.60) - p->satisfaction_wanted * (wanted - p->desired_usual)
        - p->satisfaction_price * (price - c->fair_price) + value
    );
}

static int delights(const Encounter *m, const Customer *c, const Parameters *p) {
    if (m->failed == 1 || c->satisfaction <= p->delight_satisfaction || c->failures > p->delight_failures) return 0;
    if (m->surprise > 0.0 && m->performance + m->surprise > c->desired) return 1;
    return m->performance - c->desired > p->delight_margin;
}

static double change_by_recovery(double severity, double quality, double expected, double failures, const Parameters *p) {
    double headroom = 2.0 * most(0.3, 1.0 - expected);
    double gain = p->recovery_gain * sqrt(severity) * above(quality, expected) * headroom;
    gain *= power(p->recovery_repeat, failures);
    return gain - p->double_deviation * above(expected, quality) * (1.0 + least(failures, 2.0));
}

static double change_by_failure(const Encounter *m, Customer *c, const Parameters *p) {
    double change = -(p->failure_loss * m->severity * (1.0 + 0.3 * c->demandingness));
    double expected = c->recovery_expectation, in_mind = c->failures;
    int alike = c->failed_kind == m->kind || m->week - c->failed_week < p->failure_close_weeks;
    if (c->failures > 0.0 && alike) in_mind += p->failure_alike;
    if (m->recovered == 1) {
        change += change_by_recovery(m->severity, m->recovery_quality, expected, in_mind, p);
        c->recovery_expectation =
            share(expected + p->recovery_learning * (m->recovery_quality - expected) + p->recovery_ratchet);
    } else if (m->bounced == 1) {
        change += change_by_recovery(m->severity, p->bounced_quality, expected, in_mind, p);
    }
    return change;
}

static void expect_anew(const Encounter *m, Customer *c, const Parameters *p) {
    double received = m->performance + p->treadmill * m->surprise;
    double shortfall = p->expectation_failure * m->severity * m->failed;
    c->expectation = share(c->expectation + p->expectation_pace * (received - shortfall - c->expectation));
    c->desired = share(c->desired + p->treadmill * p->desired_pace * above(received, c->desired));
}

static double premium_for(const World *w, const Customer *c, const Segment *s) {
    double extra = share((c->satisfaction - w->parameters->satisfaction_usual) / w->parameters->premium_full);
    return w->settings->premium * extra * (0.5 + s->pays_for_quality);
}

static void count(World *w, const Encounter *m, const Customer *c, const Segment *s) {
    Tally *t = w->tally;
    double price = w->settings->price * s->spend * t->price;
    t->revenue_usual += price;
    t->revenue_premium += price * premium_for(w, c, s);
    t->served += 1.0;
    t->performance += m->performance;
    t->effort += m->effort;
    for (int k = 0; k < 5; k++) t->felt[k] += m->felt[k];
    t->delighted += m->delighted;
    if (m->surprise > 0.0) t->surprising += 1.0;
    if (m->failed == 0) return;
    t->failed += 1.0;
    t->voiced += m->voiced;
    if (m->recovered == 1) {
        t->recovered += 1.0;
        t->recovery_quality += m->recovery_quality;
        t->recovery_satisfaction += m->recovery_satisfaction;
        t->compensation += m->distributive * w->settings->compensation * price;
        t->rework += w->parameters->rework_recovered;
    } else {
        t->rework += w->parameters->rework_dropped;
    }
}

static void conclude(World *w, Encounter *m, Customer *c, const Segment *s, Employee *e) {
    const Parameters *p = w->parameters;
    double felt = satisfaction_with(m, c, w->tally->price - 1.0, p);
    double pace = p->satisfaction_pace;
    if (felt < c->satisfaction) pace *= p->satisfaction_pace_down;
    double after = share(c->satisfaction + pace * (felt - c->satisfaction));
    if (m->failed == 1) {
        after = least(after, c->satisfaction) + change_by_failure(m, c, p);
        c->failures += 1.0;
        c->failed_week = m->week;
        c->failed_kind = m->kind;
    }
    if (delights(m, c, p)) {
        m->delighted = 1;
        double gain = p->bond_gain * (1.0 + p->bond_demanding * (c->demandingness - p->demandingness_usual));
        c->bond = share(c->bond + w->settings->bond_factor * gain * (1.0 - c->bond));
    }
    e->served += 1.0;
    e->pleased += felt;
    if (c->demandingness > 0.6 && m->performance < c->expectation) e->incivility += c->expectation - m->performance;
    expect_anew(m, c, p);
    c->satisfaction = share(after);
    m->satisfaction_after = c->satisfaction;
    if (c->contact == NOBODY) {
        c->contact = m->employee;
        c->contact_hired = e->hired_week;
    }
    count(w, m, c, s);
}

static void begin_encounter(Encounter *m, const Customer *c, int64_t week, int64_t i, int64_t seat, int familiar) {
    m->week = (int32_t)week;
    m->customer = (int32_t)i;
    m->employee = (int32_t)seat;
    m->segment = c->segment;
    m->familiar = familiar;
    m->failed = m->voiced = m->recovered = m->bounced = m->delighted = 0;
    m->step = m->kind = -1;
    m->surprise = m->severity = m->distributive = m->procedural = m->interactional = 0.0;
    m->recovery_quality = m->recovery_satisfaction = 0.0;
    m->expectation = c->expectation;
    m->prior_failures = c->failures;
    m->recovery_expectation = c->recovery_expectation;
    m->satisfaction_before = c->satisfaction;
}

static void depart(World *w, Customer *c, int where) {
    c->status = where;
    c->bond = 0.0;
    c->contact = NOBODY;
    w->tally->lost += 1.0;
}

static void serve(World *w, const Plan *plan, int64_t week, int64_t i, int64_t n) {
    Customer *c = &w->customers[i];
    const Segment *s = &w->segments[c->segment];
    const Organisation *o = w->organisation;
    const Parameters *p = w->parameters;
    Encounter *m = w->encounter;
    Four visit = drawn(w, DRAW_VISIT, n), service = drawn(w, DRAW_SERVICE, n);
    int64_t seat = own_contact(w, c, visit.d);
    int familiar = seat != NOBODY;
    if (!familiar) seat = whoever_is_free(w, visit.b, visit.c);
    if (seat == NOBODY) return;
    Employee *e = &w->employees[seat];
    const Leader *leader = &w->leaders[e->team];
    begin_encounter(m, c, week, i, seat, familiar);
    m->effort = effort_of(e, o, w->settings->handovers, familiar, p);
    feel(m, e, leader, o, familiar, p);
    m->performance = perceive(m, c, s, e, o, normal(service.a), plan->performance, p);
    if (service.b < chance_to_surprise(e, o, plan->surprise, p)) {
        m->surprise = size_of_surprise(c, o, p);
        c->novelty = share(c->novelty * p->surprise_wear);
    }
    Four trouble = drawn(w, DRAW_FAILURE, n);
    if (trouble.a < chance_to_fail(e, leader, w->tally->common_failure, p)) {
        fail(m, e, trouble.b, trouble.c, trouble.d, p);
        mend(w, m, c, s, e, service.d);
    }
    conclude(w, m, c, s, e);
    if (m->failed == 1 && m->recovered == 0 && c->free == 1 && service.c < p->exit_dropped * m->severity) {
        w->tally->dropped += 1.0;
        depart(w, c, WITH_RIVAL);
    }
}

static void serve_visitors(World *w, const Plan *plan, int64_t week) {
    int32_t visitors = w->tally->visitors;
    for (int32_t first = 0; first < visitors; first += BLOCK) {
        int32_t last = first + BLOCK < visitors ? first + BLOCK : visitors;
        draw(w, w->visitors + first, last - first, DRAW_VISIT, week);
        draw(w, w->visitors + first, last - first, DRAW_SERVICE, week);
        draw(w, w->visitors + first, last - first, DRAW_FAILURE, week);
        for (int32_t n = first; n < last; n++) {
            look_ahead(&w->customers[w->visitors[n + AHEAD]], 2);
            serve(w, plan, week, w->visitors[n], n - first);
        }
    }
}

/* the market */

static int64_t contact_of(const World *w, int64_t i, int64_t slot) {
    int64_t people = w->settings->people;
    Four luck = four(w->settings->key, DRAW_CONTACT_DRAWN, 0, i, slot);
    int64_t distance = slot / 2 + 1;
    if (slot % 2 == 1) distance = -distance;
    int64_t found = (i + distance) % people;
    if (found < 0) found += people;
    if (luck.a < w->settings->random_contacts) {
        found = (int64_t)(luck.b * (double)people);
        if (found > people - 1) found = people - 1;
    }
    return found != i ? found : (i + 1) % people;
}

static inline void say(World *w, int64_t i, int64_t n) {
    const Settings *settings = w->settings;
    const Parameters *p = w->parameters;
    const Customer *c = &w->customers[i];
    if (c->status != CUSTOMER) return;
    Four luck = drawn(w, DRAW_TALK, n);
    double x = c->satisfaction - p->satisfaction_usual, worse = p->satisfaction_usual - c->satisfaction;
    int praises = luck.a < share(
        p->message_rate * (p->praise_base + p->praise_satisfaction * most(0.0, x) + p->praise_bond * c->bond)
    );
    int warns = !praises && luck.a > 1.0 - share(
        p->message_rate * (p->warn_base + p->warn_dissatisfaction * most(0.0, worse) + p->warn_failures * c->failures)
    );
    if (!(praises || warns)) return;
    if (praises) w->tally->praised += 1.0; else w->tally->warned += 1.0;
    if (settings->contacts < 1 || settings->people < 2 || luck.c >= p->network_strength) return;
    int64_t slot = (int64_t)(luck.b * (double)settings->contacts);
    if (slot > settings->contacts - 1) slot = settings->contacts - 1;
    Customer *listener = &w->customers[contact_of(w, i, slot)];
    if (praises) listener->heard_good += 1; else listener->heard_bad += 1;
}

static void talk(World *w, int64_t week) {
    int32_t on_roll = w->tally->on_roll;
    for (int32_t first = 0; first < on_roll; first += BLOCK) {
        int32_t last = first + BLOCK < on_roll ? first + BLOCK : on_roll;
        draw(w, w->roll + first, last - first, DRAW_TALK, week);
        for (int32_t n = first; n < last; n++) {
            look_ahead(&w->customers[w->roll[n + AHEAD]], 1);
            say(w, w->roll[n], n - first);
        }
    }
}

static inline double promised_beyond_usual(const Organisation *o, const Parameters *p) {
    return o->promise - o->delivered - p->promise_habit;
}

static inline double wanted_above_expected(const Customer *c, const Parameters *p) {
    return p->desired_base + p->desired_demanding * c->demandingness;
}

static double leaning_to_leave(const Customer *c, double tenure, double rival, double price, const Parameters *p) {
    double habit = p->habit * (tenure / (tenure + 52.0) - 0.7);
    double heard = c->hearsay > 0.0 ? p->hearsay_good_stay : p->hearsay_bad_stay;
    double x = c->satisfaction - p->satisfaction_usual;
    double value = p->loyalty_slope * x + p->loyalty_curve * x * x * x;
    if (value < 0.0) value *= 1.0 + (p->loyalty_loss - 1.0) * (p->loyalty_curve > 0.0 ? 1.0 : 0.0);
    double lean = -value - p->loyalty_bond * (c->bond - p->bond_usual) + p->loyalty_failures * c->failures - habit
        + p->rival_pull * rival + p->price_pull * (price - c->fair_price) - heard * c->hearsay;
    return clip(lean, -6.0, 6.0);
}

static void ask(World *w, const Customer *c, double stay, int64_t n) {
    Tally *t = w->tally;
    const Segment *s = &w->segments[c->segment];
    double fee = w->settings->fee * s->spend * t->price;
    t->revenue_fees += fee;
    t->revenue_premium += fee * premium_for(w, c, s);
    double squared = stay * stay, fourth = squared * squared, sixteenth = fourth * fourth * fourth * fourth;
    t->active += 1.0;
    t->satisfaction += c->satisfaction;
    t->expectation += c->expectation;
    t->desired += c->desired;
    t->bond += c->bond;
    t->loyalty += sixteenth * sixteenth * sixteenth * fourth;
    t->promoters += w->minds[PROMOTER * BLOCK + n];
    t->detractors += w->minds[DETRACTOR * BLOCK + n];
}

static void welcome(World *w, Customer *c, int64_t i, int64_t week) {
    const Settings *settings = w->settings;
    const Parameters *p = w->parameters;
    const Organisation *o = w->organisation;
    Four luck = four(settings->key, DRAW_JOIN_PERSON, week, i, 0);
    c->status = CUSTOMER;
    c->joined_week = (int32_t)week;
    c->contact = NOBODY;
    double typical = settings->expectation + p->promise_expectation * promised_beyond_usual(o, p);
    double demand = c->demandingness;
    c->expectation = share(
        typical + p->expectation_demanding * (demand - p->demandingness_usual) + c->leniency
        + settings->expectation_sd * normal(luck.a)
    );
    c->desired = share(c->expectation + wanted_above_expected(c, p) + o->market_bar);
    c->tolerance = share(p->tolerance_base + p->tolerance_easy * (1.0 - demand));
    double lean = (p->satisfaction_performance + p->satisfaction_expectation) * c->leniency;
    c->satisfaction = share(settings->satisfaction + lean + settings->satisfaction_sd * normal(luck.b));
    c->bond = 0.0;
    c->novelty = 1.0;
    c->failures = 0.0;
    c->failed_kind = -1;
    c->recovery_expectation = share(p->recovery_expectation_base + p->recovery_expectation_demanding * demand);
    w->tally->joined += 1.0;
}

typedef struct {
    double rival, price, bar, fade_bond, fade_failures, half_life, to_rival, from_rival, promised;
    int renewed;
} Mood;

static void remember(const World *w, Customer *c, const Mood *mood) {
    const Parameters *p = w->parameters;
    const Organisation *o = w->organisation;
    double usual = wanted_above_expected(c, p) + o->market_bar;
    double forgotten = p->desired_forgetting * above(c->desired, c->expectation + usual);
    c->desired = share(c->desired + mood->bar - forgotten);
    c->expectation = share(c->expectation + p->promise_expectation * p->promise_reach * mood->promised);
    c->bond *= mood->fade_bond;
    c->failures *= mood->fade_failures;
    if (c->failures < 0.5) c->failures = 0.0;
    double for_new = 1.0;
    if (!mood->renewed) for_new = clip(c->novelty + (1.0 - c->novelty) * 0.6931471805599453 / mood->half_life, 0.0, 1.0);
    c->novelty = share(c->novelty + w->settings->novelty_factor * (for_new - c->novelty));
}

static void stay_or_leave(World *w, Customer *c, int64_t n) {
    const Parameters *p = w->parameters;
    double stay = c->free == 1 ? w->minds[STAYING * BLOCK + n] : 1.0;
    ask(w, c, stay, n);
    Four luck = drawn(w, DRAW_STAY, n);
    if (luck.a > stay) {
        depart(w, c, luck.b < p->churn_to_rival ? WITH_RIVAL : PROSPECT);
    } else if (c->free == 0) {
        double worse = p->satisfaction_usual - c->satisfaction;
        if (luck.c < share(p->appeal_rate * most(0.0, worse))) w->tally->appeals += 1.0;
    }
}

static double leaning_to_join(const World *w, const Customer *c, const Mood *mood) {
    const Parameters *p = w->parameters;
    const Organisation *o = w->organisation;
    double lean = p->join_reputation * (o->reputation - p->reputation_usual) + p->join_hearsay * c->hearsay
        + p->join_promise * mood->promised - p->rival_pull * mood->rival - p->price_pull * (mood->price - c->fair_price);
    return clip(lean, -5.0, 5.0);
}

static void look_around(World *w, Customer *c, int64_t i, int64_t n, const Mood *mood, int64_t week) {
    if (c->free == 0) return;
    double chance = drawn(w, DRAW_JOIN, n).a;
    if (c->status == WITH_RIVAL) {
        if (chance < mood->from_rival) c->status = PROSPECT;
    } else if (chance < w->minds[COMING * BLOCK + n]) welcome(w, c, i, week);
    else if (chance > 1.0 - mood->to_rival) c->status = WITH_RIVAL;
}

/* People are taken in blocks, as ours are, so that the compiler can take several at once in `weigh`. */

static int64_t incline(World *w, int64_t first, int64_t last, const Mood *mood, int64_t week) {
    const Parameters *p = w->parameters;
    int64_t customers = 0, others = 0;
    for (int64_t i = first; i < last; i++) {
        Customer *c = &w->customers[i];
        look_ahead(c + AHEAD, 2);
        double kept = c->hearsay * (1.0 - p->hearsay_fade);
        c->hearsay = clip(kept + c->heard_good - c->heard_bad, -50.0, 50.0);
        c->heard_good = c->heard_bad = 0;
        if (c->status == CUSTOMER) {
            w->who[customers] = (int32_t)i;
            remember(w, c, mood);
            double tenure = (double)(week - c->joined_week);
            w->minds[LEAVING * BLOCK + customers] = leaning_to_leave(c, tenure, mood->rival, mood->price, p);
            w->minds[ANSWER * BLOCK + customers++] =
                10.0 * (p->recommend_base + p->recommend_satisfaction * c->satisfaction + p->recommend_bond * c->bond);
        } else {
            w->who[BLOCK + others] = (int32_t)i;
            w->minds[JOINING * BLOCK + others++] = leaning_to_join(w, c, mood);
        }
    }
    return customers;
}

static void weigh(double *restrict minds, const Parameters *p, int64_t customers, int64_t others) {
    double base = p->churn_base, involuntary = p->churn_involuntary, noise = p->recommend_noise, join = p->join_base;
    for (int64_t n = 0; n < customers; n++) {
        double hazard = base * (involuntary + (1.0 - involuntary) * to_e(minds[LEAVING * BLOCK + n]));
        minds[STAYING * BLOCK + n] = to_e(-hazard);
    }
    for (int64_t n = 0; n < customers; n++) {
        minds[PROMOTER * BLOCK + n] = 1.0 - normal_below((8.5 - minds[ANSWER * BLOCK + n]) / noise);
        minds[DETRACTOR * BLOCK + n] = normal_below((6.5 - minds[ANSWER * BLOCK + n]) / noise);
    }
    for (int64_t n = 0; n < others; n++) minds[COMING * BLOCK + n] = share(join * to_e(minds[JOINING * BLOCK + n]));
}

static int32_t act(World *w, int64_t first, int64_t last, const Mood *mood, int64_t week, int32_t on_roll) {
    int64_t customers = 0, others = 0;
    for (int64_t i = first; i < last; i++) {
        Customer *c = &w->customers[i];
        if (c->status == CUSTOMER) stay_or_leave(w, c, customers++);
        else look_around(w, c, i, others++, mood, week);
        on_roll = sign(w, i, on_roll);
        if (c->status == WITH_RIVAL) w->tally->rivals += 1.0;
    }
    return on_roll;
}

static void choose(World *w, const Plan *plan, int64_t week) {
    const Parameters *p = w->parameters;
    Organisation *o = w->organisation;
    Tally *t = w->tally;
    Mood mood;
    mood.rival = o->rival_quality + plan->rival - p->rival_usual + p->imitation_value * o->rival_novelty;
    mood.price = t->price - 1.0;
    mood.bar = p->desired_drift + p->imitation_bar * o->rival_novelty;
    mood.promised = promised_beyond_usual(o, p);
    o->market_bar = share(o->market_bar + mood.bar);
    mood.fade_bond = to_e(-0.6931471805599453 / p->bond_half_life);
    mood.fade_failures = to_e(-1.0 / p->failure_memory);
    mood.half_life = p->novelty_half_life / (1.0 + p->novelty_renewal * o->block[INNOVATION]);
    mood.to_rival = share(p->rival_join * to_e(clip(p->rival_pull * mood.rival, -5.0, 5.0)));
    mood.from_rival = share(p->rival_churn * to_e(clip(-p->rival_pull * mood.rival, -5.0, 5.0)));
    mood.renewed = four(w->settings->key, DRAW_RENEWAL, week, 0, 0).a < p->renewal_chance * o->block[INNOVATION];
    int32_t on_roll = 0;
    for (int64_t first = 0; first < w->people; first += BLOCK) {
        int64_t last = first + BLOCK < w->people ? first + BLOCK : w->people;
        int64_t customers = incline(w, first, last, &mood, week);
        weigh(w->minds, p, customers, last - first - customers);
        draw(w, w->who, customers, DRAW_STAY, week);
        draw(w, w->who + BLOCK, last - first - customers, DRAW_JOIN, week);
        on_roll = act(w, first, last, &mood, week, on_roll);
    }
    t->on_roll = on_roll;
    t->customers = on_roll;
    t->prospects = (double)(w->people - on_roll) - t->rivals;
}

static void move_market(World *w) {
    const Parameters *p = w->parameters;
    Organisation *o = w->organisation;
    const Tally *t = w->tally;
    double messages = t->praised + t->warned;
    if (messages > 0.0) o->reputation += (t->praised / messages - o->reputation) / p->reputation_lag;
    if (t->served > 0.0) {
        double delivered = t->performance / t->served;
        o->failing += (t->failed / t->served - o->failing) / p->reputation_lag;
        o->delivered += (delivered - o->delivered) / p->delivered_lag;
        double surprising = t->surprising / t->served;
        o->rival_novelty = share(o->rival_novelty + (p->imitation * surprising - o->rival_novelty) / p->imitation_lag);
    }
    o->rival_quality = share(o->rival_quality + p->rival_growth / 52.0);
    o->rework = t->rework + t->appeals;
}

/* The parts from first_part to last_part of the weeks from first to last, all included. */
void live_parts(World *w, int64_t first, int64_t last, int first_part, int last_part) {
    if (first_part <= WORKLOAD && WORKLOAD <= last_part) call_the_roll(w);
    for (int64_t week = first; week <= last; week++) {
        const Plan *plan = &w->plan[week - w->settings->first_week];
        if (first_part <= WORKLOAD && WORKLOAD <= last_part) {
            count_seats(w);
            receive_visitors(w, plan, week);
            weigh_work(w);
        }
        if (first_part <= SERVING && SERVING <= last_part) {
            set_odds_and_price(w, plan);
            serve_visitors(w, plan, week);
        }
        if (first_part <= TALKING && TALKING <= last_part) talk(w, week);
        if (first_part <= CHOOSING && CHOOSING <= last_part) {
            choose(w, plan, week);
            move_market(w);
        }
    }
}
