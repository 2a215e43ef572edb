import type {NextConfig} from 'next';

const backend = process.env['BACKEND_URL'] ?? 'http://localhost:8090';

const config: NextConfig = {
  turbopack: {root: import.meta.dirname}, // This folder lies in another package's.
  rewrites: async () => [{source: '/api/:path*', destination: `${backend}/api/:path*`}],
};

export default config;
