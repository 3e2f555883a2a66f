// The map library's door: the only file that imports it, itself loaded when a map is first shown.
// No glyphs, no sprites, nothing from outside: all text is drawn from the device's fonts.
import { addProtocol, Map as GlMap, Marker, NavigationControl, ScaleControl, setWorkerUrl, type MapGeoJSONFeature } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

import type { Point } from './drawing.ts'
import { answering, changedValues, hatching, hatchings, ownTiles, rgb, sourceOf, styleLayers, unknown, type Box, type MapLayer, type Palette } from './layers.ts'
import { tileOf } from './taken.ts'

setWorkerUrl(workerUrl)
// Tiles of this server, or of a map that was taken along.
addProtocol(ownTiles, async ({ url }, { signal }) => ({ data: await tileOf(url.slice(`${ownTiles}://`.length), signal) }))

// A point that can be moved, with the name that is read to whom cannot see it.
export interface MovablePoint extends Point {
  id: string
  label: string
}

export interface Selected {
  layer: string
  id: string
  properties: Record<string, unknown>
}

export interface Told {
  select: (selected: Selected) => void
  point: (point: Point) => void
  view: (box: Box, zoom: number) => void
  drag: (point: MovablePoint) => void
  move: (point: MovablePoint) => void
  idle: (idle: boolean) => void
  lost: () => void
}

const step_px = 8
const rounded = (degrees: number): number => Number(degrees.toFixed(6))
const pointOf = ({ lng, lat }: { lng: number; lat: number }): Point => ({ lon: rounded(lng), lat: rounded(lat) })

export class LiveMap {
  private readonly map: GlMap
  private readonly palette: Palette
  private readonly ready: Promise<unknown>
  private shown: MapLayer[] = []
  private readonly markers = new Map<string, { marker: Marker; given: MovablePoint }>()
  private readonly told: Told
  private dragged = ''

  constructor(container: HTMLElement, told: Told, texts: Record<string, string>, box: Box | null) {
    const style = getComputedStyle(container)
    this.palette = (tone) => (tone.startsWith('#') ? tone : style.getPropertyValue(`--${tone}`).trim())
    this.told = told
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    this.map = new GlMap({
      container, locale: texts, attributionControl: false, dragRotate: false, pitchWithRotate: false, maxZoom: 19, fadeDuration: still ? 0 : 150, cooperativeGestures: true,
      localIdeographFontFamily: style.fontFamily,
      // What is drawn can be printed.
      canvasContextAttributes: { preserveDrawingBuffer: true },
      style: { version: 8, sources: {}, layers: [{ id: 'ground', type: 'background', paint: { 'background-color': this.palette('sunken') } }] },
      ...(box ? { bounds: box, fitBoundsOptions: { padding: 48, maxZoom: 16 } } : {}),
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
    this.map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    this.map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left')
    this.map.on('click', ({ point, lngLat }) => this.clicked(this.map.queryRenderedFeatures(point, { layers: this.answeringParts() }), pointOf(lngLat)))
    this.map.on('mousemove', ({ point }) => (this.map.getCanvas().style.cursor = this.map.queryRenderedFeatures(point, { layers: this.answeringParts() }).length > 0 ? 'pointer' : ''))
    this.map.on('moveend', () => this.told.view(this.box(), this.map.getZoom()))
    this.map.on('dataloading', () => told.idle(false))
    this.map.on('idle', () => told.idle(true))
    this.map.on('error', () => told.lost())
    this.ready = this.map.once('load').then(() => {
      const ink = rgb(this.palette('ink'))
      for (const name of [...hatchings, unknown]) this.map.addImage(name, hatching(name, ink))
      this.told.view(this.box(), this.map.getZoom())
    })
  }

  private answeringParts(): string[] {
    return this.shown.flatMap(answering).filter((part) => this.map.getLayer(part))
  }

  private clicked(found: MapGeoJSONFeature[], point: Point): void {
    const [feature] = found
    const layer = feature && this.shown.find(({ id }) => id === feature.source)
    if (!feature || !layer) return this.told.point(point)
    const { properties } = feature
    const together = Number(properties['count'] ?? properties['point_count'] ?? 1)
    if (together > 1) this.map.easeTo({ center: [point.lon, point.lat], zoom: this.map.getZoom() + 2 })
    else this.told.select({ layer: layer.id, id: String(properties[layer.key ?? 'id'] ?? ''), properties })
  }

  private box(): Box {
    const bounds = this.map.getBounds()
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
  }

  // Layers that differ in data alone keep their place; the rest is drawn anew, in the given order.
  async show(layers: MapLayer[], selected: string | null): Promise<void> {
    await this.ready
    const look = ({ data, ...rest }: MapLayer): string => JSON.stringify([rest, 'tiles' in data ? data : null])
    const same = layers.length === this.shown.length && layers.every((layer, at) => look(layer) === look(this.shown[at] ?? layer))
    if (same) {
      for (const [at, layer] of layers.entries()) {
        const source = this.map.getSource(layer.id)
        for (const { id, by, value } of changedValues(this.shown[at], layer)) this.map.setFeatureState({ source: layer.id, id }, { [by]: value })
        if (layer.data !== this.shown[at]?.data && source && 'setData' in source) (source as { setData: (data: unknown) => void }).setData(layer.data)
      }
    } else {
      const kept = this.map.getStyle().layers.filter(({ id }) => id !== 'ground')
      for (const { id } of kept) this.map.removeLayer(id)
      for (const { id } of this.shown) this.map.removeSource(id)
      for (const layer of layers) this.map.addSource(layer.id, sourceOf(layer))
      for (const layer of layers) for (const part of styleLayers(layer, this.palette)) this.map.addLayer(part)
    }
    this.shown = layers
    for (const layer of layers) if (this.map.getLayer(`${layer.id}/chosen`)) this.map.setFilter(`${layer.id}/chosen`, ['==', ['to-string', ['get', layer.key ?? 'id']], selected ?? ''])
  }

  fit(box: Box): void {
    this.map.fitBounds(box, { padding: 48, maxZoom: 16, animate: false })
  }

  // Points that a hand or the arrow keys can move; told while they move and where they come to rest.
  setMovable(points: MovablePoint[]): void {
    for (const [id, { marker }] of this.markers) {
      if (points.some((point) => point.id === id)) continue
      marker.remove()
      this.markers.delete(id)
    }
    for (const point of points) {
      const known = this.markers.get(point.id)
      const held = known ?? { marker: this.markerFor(point.id), given: point }
      this.markers.set(point.id, held)
      held.given = point
      held.marker.getElement().setAttribute('aria-label', point.label)
      // Whoever is under a hand stays there; adding anew would tear it from the hand.
      if (point.id !== this.dragged) held.marker.setLngLat([point.lon, point.lat])
      if (!known) held.marker.addTo(this.map)
    }
  }

  private markerFor(id: string): Marker {
    const element = document.createElement('button')
    element.type = 'button'
    element.className = 'movable'
    const marker = new Marker({ element, draggable: true, anchor: 'center' })
    const now = (): MovablePoint => ({ ...(this.markers.get(id)?.given ?? { id, label: '' }), ...pointOf(marker.getLngLat()) })
    marker.on('dragstart', () => (this.dragged = id))
    marker.on('drag', () => this.told.drag(now()))
    marker.on('dragend', () => {
      this.dragged = ''
      this.told.move(now())
    })
    let moved = false
    const rest = (): void => {
      if (moved) this.told.move(now())
      moved = false
    }
    element.addEventListener('keydown', (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
      if (!way) return
      event.preventDefault()
      event.stopPropagation()
      const step = event.shiftKey ? 1 : step_px
      const { x, y } = this.map.project(marker.getLngLat())
      marker.setLngLat(this.map.unproject([x + (way[0] ?? 0) * step, y + (way[1] ?? 0) * step]))
      moved = true
      this.told.drag(now())
    })
    element.addEventListener('keyup', rest)
    element.addEventListener('blur', rest)
    return marker
  }

  remove(): void {
    this.map.remove()
  }
}
