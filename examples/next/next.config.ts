import type {NextConfig} from 'next';

const config: NextConfig = {
  turbopack: {root: import.meta.dirname}, // This folder lies in another package's.
};

export default config;
