import { describe, expect, it } from 'vitest';
import { announcementStatuses, hasEnded, mayAnnouncementBecome, percentOf, valuesOf } from './announcement.rules.js';

describe('a sending', () => {
  it('goes on from where it ended never', () => {
    const ended = announcementStatuses.filter(hasEnded);
    expect(ended).toEqual(['SENT', 'CANCELLED', 'FAILED']);
    for (const from of ended) {
      for (const to of announcementStatuses) expect(mayAnnouncementBecome(from, to)).toBe(false);
    }
    expect(mayAnnouncementBecome('SENDING', 'QUEUED')).toBe(false);
  });

  it('says the same in a language in which nothing was written', () => {
    const texts = { ru: { title: 'Привет', body: 'Мы переехали.' } };
    expect(valuesOf({ texts, url: 'https://tutorgraph.example/new', metadata: { campaign: 'autumn' } })).toEqual({
      'title:en': 'Привет',
      'body:en': 'Мы переехали.',
      'title:ru': 'Привет',
      'body:ru': 'Мы переехали.',
      'metadata.campaign': 'autumn',
      link: 'https://tutorgraph.example/new',
    });
  });

  it('is done only when everybody has it', () => {
    expect(percentOf({ status: 'QUEUED', done: 0, total: null })).toBe(0);
    expect(percentOf({ status: 'SENDING', done: 500, total: 1_500 })).toBe(33);
    expect(percentOf({ status: 'SENDING', done: 1_600, total: 1_500 })).toBe(99);
    expect(percentOf({ status: 'SENT', done: 0, total: 0 })).toBe(100);
  });
});
