/**
 * The metadata calls that @peculiar/x509's container (tsyringe) asks of `Reflect`, for this process only: a full polyfill would
 * be a dependency for four functions. Import it before @peculiar/x509.
 */
type Store = Map<string, unknown>;

const stores = new WeakMap<object, Store>();

function own(key: string, target: object): unknown {
  return stores.get(target)?.get(key);
}

function inherited(key: string, target: object): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const found = own(key, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function define(key: string, value: unknown, target: object): void {
  const store: Store = stores.get(target) ?? new Map<string, unknown>();
  stores.set(target, store.set(key, value));
}

if (!("getMetadata" in Reflect)) {
  Object.assign(Reflect, {
    defineMetadata: define,
    getMetadata: inherited,
    getOwnMetadata: own,
    hasMetadata: (key: string, target: object) => inherited(key, target) !== undefined,
    hasOwnMetadata: (key: string, target: object) => own(key, target) !== undefined,
    metadata: (key: string, value: unknown) => (target: object) => {
      define(key, value, target);
    },
  });
}
