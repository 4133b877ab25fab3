import { Session } from '../runtime/session.js';

// Enough for the distinct shapes of several models; the least recently used session goes first.
const MOST_SESSIONS = 256;

/** Sessions of single kernels, kept for the next call of the same kind. */
export class EagerSessions {
  private readonly sessions = new Map<string, Session>();

  /** @param threads - of sessions that ask for no other number */
  constructor(private readonly threads: number) {}

  /** The session under a key, made from a model where there is none yet. */
  get(key: string, model: () => Uint8Array, threads = this.threads): Session {
    let session = this.sessions.get(key);
    if (session === undefined) {
      session = new Session(model(), { threads });
      if (this.sessions.size >= MOST_SESSIONS) this.drop();
    } else {
      this.sessions.delete(key);
    }
    this.sessions.set(key, session);
    return session;
  }

  /** Frees all sessions. */
  dispose(): void {
    for (const session of this.sessions.values()) session.dispose();
    this.sessions.clear();
  }

  private drop(): void {
    const [oldest] = this.sessions;
    oldest![1].dispose();
    this.sessions.delete(oldest![0]);
  }
}
