import {
  BriefcaseBusiness,
  ChartNoAxesGantt,
  FileCheck2,
  Fingerprint,
  Flag,
  Globe,
  LayoutGrid,
  type LucideIcon,
  Smartphone,
} from 'lucide-react';
import type { PlaceName } from '../../state/address.ts';

export const placeTitles: Readonly<Record<PlaceName, string>> = {
  cases: 'Cases',
  phone: 'Phone',
  timeline: 'Timeline',
  destinations: 'Destinations',
  apps: 'Apps',
  findings: 'Findings',
  evidence: 'Evidence',
  report: 'Report',
};

export const placeIcons: Readonly<Record<PlaceName, LucideIcon>> = {
  cases: BriefcaseBusiness,
  phone: Smartphone,
  timeline: ChartNoAxesGantt,
  destinations: Globe,
  apps: LayoutGrid,
  findings: Flag,
  evidence: Fingerprint,
  report: FileCheck2,
};
