import { catchUp } from '../../shared/app/catch-up.ts';
import { tellPile } from '../../shared/app/tell-pile.ts';
import { tellUntold } from '../../shared/app/tell-untold.ts';
import { lambdaPorts } from '../../shared/aws/wiring.ts';
import type { Pile } from '../../shared/findings/alert.ts';

const ports = lambdaPorts(process.env);

/** Tells what a storm, or the digest, has held back, what a channel did not take, or what the stream did not bring. */
export function handler({ pile }: { readonly pile: Pile | 'late' | 'untold' }) {
  if (pile === 'late') return catchUp(ports);
  return pile === 'untold' ? tellUntold(ports) : tellPile(ports, pile);
}
