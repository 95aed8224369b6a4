import type { Alert, Pile } from '../findings/alert.ts';
import type { Brief } from '../findings/brief.ts';
import type { Transition } from '../findings/record.ts';

/** Tells people: one transition at a time, or many as one. */
export interface PeopleChannel {
  readonly audience: 'people';
  /** What claims are made for: never another name for the same receivers. */
  readonly name: string;
  send(alert: Alert): Promise<void>;
}

/** Tells programs: every transition by itself, at most `atATime` a call. What takes some of them throws `PartlyTold`. */
export interface ProgramChannel {
  readonly audience: 'programs';
  readonly name: string;
  readonly atATime: number;
  send(transitions: readonly Transition[]): Promise<void>;
}

/** One way on which alerts leave: a topic, chat, a bus, Security Hub, the terminal at the desk. */
export type Channel = PeopleChannel | ProgramChannel;

/**
 * What was told on which channel, and what waits to be told as one. Implementations: DynamoDB, memory. One contract
 * suite tests both.
 */
export interface AlertBook {
  /**
   * Claims one alert for one channel before it is sent. `told`: it was sent and confirmed before. A claim that is
   * neither confirmed nor released (its holder crashed) lapses after a while, and whoever asks meanwhile waits for
   * it: so an alert is sent once, and twice when the holder crashed between sending and confirming; never not at all.
   */
  claim(alert: string, channel: string): Promise<'claimed' | 'told'>;
  /** The claimed alert was sent. */
  confirm(alert: string, channel: string): Promise<void>;
  /** The claimed alert was not sent: the next may try at once. */
  release(alert: string, channel: string): Promise<void>;
  /** Of each of these alerts, the channels that it was confirmed for, as far as that was not long ago. */
  told(alerts: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** Whether this alert is among the first `most` of its cause; the same answer however often it is asked. */
  admit(cause: string, alert: string, most: number): Promise<boolean>;
  /** Puts a transition on a pile, in a group that is told as one. A repetition replaces. */
  hold(pile: Pile, group: string, brief: Brief): Promise<void>;
  /** What is on a pile, group by group. */
  held(pile: Pile): AsyncIterable<{ readonly group: string; readonly brief: Brief }>;
  /** Takes transitions of a group off a pile. */
  drop(pile: Pile, group: string, briefs: readonly Brief[]): Promise<void>;
  /** Puts off what a channel did not take. A repetition replaces. */
  putOff(channel: string, transition: Transition): Promise<void>;
  /** What a channel has to catch up with, in the order of its looks. */
  putOffs(channel: string): AsyncIterable<Transition>;
  /** A transition that was put off is told. */
  caughtUp(channel: string, transition: Transition): Promise<void>;
}
