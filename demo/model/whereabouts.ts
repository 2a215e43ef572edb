import {type Place, places} from './places.ts';

/** Where the cities with notes are: latitude and longitude, in degrees. */
const coordinates: Readonly<Record<string, readonly [number, number]>> = {
  Lisbon: [38.72, -9.14], Porto: [41.15, -8.61], Barcelona: [41.39, 2.17], Paris: [48.86, 2.35], Rome: [41.9, 12.5], Berlin: [52.52, 13.4],
  Tokyo: [35.68, 139.69], 'New York': [40.71, -74.01],
};

/** The city with notes that is nearest, and how far it is, in km. */
export function nearestPlace(latitude: number, longitude: number): {readonly place: Place; readonly km: number} | undefined {
  return places
    .flatMap((place) => {
      const at = coordinates[place.name];
      return at ? [{place, km: distance([latitude, longitude], at)}] : [];
    })
    .sort((one, other) => one.km - other.km)[0];
}

/** Along the surface of the Earth, in km (the haversine formula). */
function distance([fromLatitude, fromLongitude]: readonly [number, number], [toLatitude, toLongitude]: readonly [number, number]): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (from: number, to: number): number => Math.sin(radians(to - from) / 2) ** 2;
  const chord = half(fromLatitude, toLatitude) + Math.cos(radians(fromLatitude)) * Math.cos(radians(toLatitude)) * half(fromLongitude, toLongitude);
  return Math.round(12_742 * Math.asin(Math.sqrt(chord)));
}
