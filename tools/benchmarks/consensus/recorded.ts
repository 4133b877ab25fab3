import type { MemberMethod } from '@crossmodal/consensus';

/** A member whose labels are heard when its fit ends. */
export function recorded(method: MemberMethod, hear: (labels: Int32Array) => void): MemberMethod {
  return {
    load: (bytes) => method.load(bytes),
    create(options) {
      const clusterer = method.create(options);
      return {
        method: clusterer.method,
        async fit(data, fitOptions) {
          const fitted = await clusterer.fit(data, fitOptions);
          hear(fitted.labels);
          return fitted;
        },
      };
    },
  };
}
