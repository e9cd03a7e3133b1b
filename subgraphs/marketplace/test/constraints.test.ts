import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Market, NOBODY } from './market.js';
import { dateIn, SCHEDULE } from './schedules.js';

let market: Market;

beforeAll(async () => {
  market = await Market.open();
  const [student, tutor] = [await market.student(), await market.tutor()];
  const subjectId = await market.subject();
  await market.offering(tutor, subjectId);
  const bookingId = await market.booking(student, tutor, 'COMPLETED', subjectId);
  await market.made('setSchedule', SCHEDULE, tutor, 'tutor');
  await market.made('setDateOverride', { date: dateIn(7), windows: [] }, tutor, 'tutor');
  for (const days of [10, 20]) {
    await market.made('addDaysOff', { from: dateIn(days), to: dateIn(days + 1) }, tutor, 'daysOff');
  }
  await market.made('reviewTutor', { bookingId, rating: 5 }, student, 'review');
});

afterAll(() => market.close());

describe('the database keeps rows in order by itself:', () => {
  it.each([
    ['subjects_slug_check', `subjects set slug = 'Not A Slug'`],
    ['subjects_name_en_check', `subjects set name_en = ''`],
    ['subjects_name_ru_check', `subjects set name_ru = repeat('я', 101)`],
    ['tutors_display_name_check', `tutors set display_name = ''`],
    ['tutors_headline_check', `tutors set headline = repeat('x', 151)`],
    ['tutors_biography_check', `tutors set biography = repeat('x', 5001)`],
    ['tutors_education_check', `tutors set education = repeat('x', 2001)`],
    ['tutors_city_check', `tutors set city = ''`],
    ['tutors_currency_check', `tutors set currency = 'eur'`],
    ['tutors_languages_check', `tutors set languages = '{}'`],
    ['tutors_formats_check', `tutors set formats = '{BY_POST}'`],
    ['tutors_in_person_city_check', `tutors set formats = '{IN_PERSON}', city = null`],
    ['tutors_experience_check', 'tutors set experience_years = -1'],
    ['tutors_rating_check', 'tutors set rating_sum = 6, review_count = 1'],
    ['offerings_levels_check', `offerings set levels = '{KINDERGARTEN}'`],
    ['offerings_rate_check', 'offerings set rate_minor = 0'],
    ['offerings_tutor_id_foreign', `offerings set tutor_id = '${NOBODY}'`],
    ['offerings_subject_id_foreign', `offerings set subject_id = '${NOBODY}'`],
    ['orders_title_check', `orders set title = 'x'`],
    ['orders_description_check', `orders set description = repeat('x', 5001)`],
    ['orders_goal_check', `orders set goal = repeat('x', 2001)`],
    ['orders_preferred_times_check', `orders set preferred_times = repeat('x', 501)`],
    ['orders_in_person_city_check', `orders set format = 'IN_PERSON', city = null`],
    ['orders_budget_check', `orders set budget_minor = 0, budget_currency = 'EUR'`],
    ['orders_budget_currency_check', `orders set budget_minor = 1, budget_currency = 'euro'`],
    ['orders_budget_whole_check', 'orders set budget_minor = null'],
    ['orders_closed_check', 'orders set closed_at = null'],
    ['orders_level_check', `orders set level = 'KINDERGARTEN'`],
    ['orders_format_check', `orders set format = 'BY_POST'`],
    ['orders_status_check', `orders set status = 'LOST'`],
    ['orders_subject_id_foreign', `orders set subject_id = '${NOBODY}'`],
    ['applications_message_check', `applications set message = ''`],
    ['applications_rate_check', 'applications set rate_minor = 1000000001'],
    ['applications_currency_check', `applications set currency = 'E'`],
    ['applications_decided_check', 'applications set decided_at = null'],
    ['applications_status_check', `applications set status = 'LOST'`],
    ['applications_tutor_id_foreign', `applications set tutor_id = '${NOBODY}'`],
    ['bookings_price_check', 'bookings set price_minor = 0'],
    ['bookings_currency_check', `bookings set currency = 'eur'`],
    ['bookings_times_check', 'bookings set starts_at = now(), ends_at = now()'],
    ['bookings_times_check', 'bookings set starts_at = now()'],
    [
      'bookings_unscheduled_check',
      `bookings set status = 'UNSCHEDULED', starts_at = now(), ends_at = now() + interval '1 hour'`,
    ],
    ['bookings_status_check', `bookings set status = 'LOST'`],
    ['schedules_time_zone_check', `schedules set time_zone = ''`],
    ['schedules_buffer_before_check', 'schedules set buffer_before_minutes = 121'],
    ['schedules_buffer_after_check', 'schedules set buffer_after_minutes = -1'],
    ['schedules_notice_check', 'schedules set minimum_notice_minutes = 43201'],
    ['schedules_booking_window_check', 'schedules set booking_window_days = 0'],
    ['schedules_daily_limit_check', 'schedules set daily_limit = 0'],
    ['schedules_weekly_limit_check', 'schedules set weekly_limit = 673'],
    ['schedules_slot_step_check', 'schedules set slot_step_minutes = 7'],
    ['schedule_rules_weekday_check', 'schedule_rules set weekday = 8'],
    ['schedule_rules_minutes_check', 'schedule_rules set ends_at_minute = starts_at_minute'],
    ['schedule_rules_apart', 'schedule_rules set weekday = 1'],
    ['schedule_overrides_windows_check', `schedule_overrides set windows = '{[0,1441)}'`],
    ['days_off_dates_check', 'days_off set to_date = from_date - 1'],
    ['days_off_apart', 'days_off set from_date = current_date, to_date = current_date + 60'],
    ['reviews_rating_check', 'reviews set rating = 6'],
    ['reviews_text_check', `reviews set text = repeat('x', 3001)`],
  ])('%s', async (constraint, change) => {
    await expect(market.sql(`update marketplace.${change}`)).rejects.toThrow(constraint);
  });
});
