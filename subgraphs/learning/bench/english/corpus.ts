import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Sentences of learners, and what people made of them; words and marks stand between spaces. */
export interface Corpus {
  name: string;
  sources: string[];
  /** One list an annotator. */
  references: string[][];
}

/**
 * Every part of a corpus in the folder: `<part>.src` with `<part>.ref0`, `<part>.ref1` and so on, a sentence a line, as JFLEG comes.
 *
 * @throws Error that says what to do when there is none
 */
export function readCorpora(folder: string | undefined): Corpus[] {
  if (!folder) throw new Error('Set JFLEG_DIR to the folder with dev.src and dev.ref0 to dev.ref3 of the JFLEG corpus');
  const files = readdirSync(folder);
  const parts = files.filter((file) => file.endsWith('.src')).map((file) => file.slice(0, -'.src'.length));
  if (parts.length === 0)
    throw new Error(`JFLEG_DIR (${folder}) holds no .src file; put dev.src and its references there`);
  return parts.sort().map((name) => {
    const sources = linesOf(join(folder, `${name}.src`));
    const references = files
      .filter((file) => file.startsWith(`${name}.ref`))
      .sort()
      .map((file) => linesOf(join(folder, file)));
    const isWhole = references.length > 0 && references.every(({ length }) => length === sources.length);
    if (!isWhole) throw new Error(`${name}.src needs references with as many lines, named ${name}.ref0 and so on`);
    return { name, sources, references };
  });
}

/** A text as people write it: without the spaces that the corpus puts before marks and parts of words. */
export function asWritten(sentence: string): string {
  return sentence
    .replace(/ ([.,!?;:)%])/g, '$1')
    .replace(/\( /g, '(')
    .replace(/ (n't|'(?:s|re|ve|ll|d|m))(?= |$)/gi, '$1')
    .trim();
}

/** A text with its words and marks apart, as the corpus has them. */
export function asInCorpus(text: string): string {
  return text
    .replace(/([!?;()"]|\.{3}|[,:](?!\d)|\.(?=["')\s]*$))/g, ' $1 ')
    .replace(/([\p{L}])(n't|'(?:s|re|ve|ll|d|m))(?![\p{L}])/giu, '$1 $2')
    .replace(/\s+/g, ' ')
    .trim();
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').replace(/\n$/, '').split('\n');
}
