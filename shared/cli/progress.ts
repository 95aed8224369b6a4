import ora from 'ora';
import type { Log } from '../app/ports.ts';
import type { Progress } from '../app/progress.ts';
import { formatPlace } from '../iam/place.ts';
import { visible } from '../report/visible.ts';

/** Shows what an audit is about, on standard error. */
export interface ProgressLine {
  tell(step: Progress): void;
  /** A line that stays. */
  note(text: string): void;
  /** Takes the moving line away. */
  end(): void;
}

/** Where the lines go: a terminal, a file, nowhere. */
interface Screen {
  show(text: string): void;
  keep(text: string): void;
  end(): void;
}

function movingLine(): Screen {
  const spinner = ora({ stream: process.stderr });
  return {
    show(text) {
      if (!spinner.isSpinning) spinner.start();
      spinner.text = text;
    },
    keep(text) {
      const wasSpinning = spinner.isSpinning;
      spinner.stop();
      process.stderr.write(`${text}\n`);
      if (wasSpinning) spinner.start();
    },
    end() {
      if (spinner.isSpinning) spinner.stop();
    },
  };
}

/** So many lines tell a whole audit where nothing moves. */
const plainLines = 10;

const write = (text: string) => void process.stderr.write(`${text}\n`);
const quiet: Screen = { show() {}, keep: write, end() {} };
const plain: Screen = { show: write, keep: write, end() {} };

/**
 * A spinner where standard error is a terminal, a few plain lines where it is not, and only notes when progress
 * is not wanted.
 */
export function progressLine(wanted: boolean): ProgressLine {
  const moving = wanted && process.stderr.isTTY === true;
  const screen = moving ? movingLine() : wanted ? plain : quiet;
  const seen = { places: 0, swept: 0, resources: 0 };
  const count = (step: Progress): string | undefined => {
    switch (step.type) {
      case 'planned':
        seen.places = step.places;
        return `sweeping ${step.places} places of ${step.accounts} accounts`;
      case 'kind-swept':
        seen.resources += step.coverage.present + step.coverage.absent;
        return moving ? `${formatPlace(step.place)} ${step.coverage.kind}` : undefined;
      case 'place-swept':
        seen.swept += 1;
        return moving || isMilestone(seen) ? 'swept' : undefined;
      default:
        return step satisfies never;
    }
  };
  return {
    tell(step) {
      const text = count(step);
      if (text === undefined) return;
      const figures = `${seen.swept} of ${seen.places} places, ${seen.resources} resources`;
      screen.show(
        step.type === 'planned' ? text : `${figures}${step.type === 'kind-swept' ? `  ${text}` : ''}`,
      );
    },
    note: (text) => screen.keep(visible(text)),
    end: () => screen.end(),
  };
}

const isMilestone = ({ swept, places }: { readonly swept: number; readonly places: number }) =>
  Math.floor((swept * plainLines) / places) > Math.floor(((swept - 1) * plainLines) / places);

/** What use cases warn of, as lines that stay. */
export function warnings({ note }: ProgressLine): Log {
  return {
    info() {},
    warn: (message, fields = {}) => note(`trustwatch: ${message} ${JSON.stringify(fields)}`),
  };
}
