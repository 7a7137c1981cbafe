import { expect, test } from 'vitest'
import { createPlaces, type Place } from './places.ts'

const sixteen = { slots: () => 16, largeSlots: () => 2 }

test('a place is free again once the bytes are there, before the attempt has ended', () => {
  const places = createPlaces(sixteen)
  const taken = Array.from({ length: 16 }, () => places.take(false, 'a'))
  expect(places.areFree()).toBe(false)
  taken[0]?.onReceived()
  expect(places.areFree()).toBe(true)
})

test('no more than so many wait for the disk, and each that ends makes room for one', () => {
  const places = createPlaces(sixteen)
  const landing: Place[] = []
  while (places.areFree()) {
    const place = places.take(false, 'a')
    place.onReceived()
    landing.push(place)
  }
  expect(landing.length).toBe(16 + 128)
  landing[0]?.free()
  expect(places.areFree()).toBe(true)
  places.take(false, 'a')
  expect(places.areFree()).toBe(false)
})

test('an end that is told twice, or after which bytes are told of, counts once', () => {
  const places = createPlaces({ slots: () => 1, largeSlots: () => 1 })
  const place = places.take(true, 'a')
  place.onReceived()
  place.onReceived()
  place.free()
  place.free()
  place.onReceived()
  const next = places.take(true, 'a')
  expect([places.areFree(), places.areFreeForLarge()]).toEqual([false, false])
  next.free()
  expect([places.areFree(), places.areFreeForLarge()]).toEqual([true, true])
})

test('large files hold only some places, until their bytes are there', () => {
  const places = createPlaces(sixteen)
  const large = places.take(true, 'a')
  places.take(true, 'a')
  expect([places.areFree(), places.areFreeForLarge()]).toEqual([true, false])
  large.onReceived()
  expect(places.areFreeForLarge()).toBe(true)
})

test('beside all places of large files there are some for the first of other batches, and always one for small files', () => {
  const places = createPlaces(sixteen)
  places.take(true, 'a')
  places.take(true, 'a')
  expect([places.isFreeForFirstLarge('a'), places.isFreeForFirstLarge('b')]).toEqual([false, true])
  const large = places.take(true, 'b')
  expect([places.isFreeForFirstLarge('b'), places.isFreeForFirstLarge('c')]).toEqual([false, true])
  places.take(true, 'c')
  expect(places.isFreeForFirstLarge('d')).toBe(false)
  large.free()
  expect(places.isFreeForFirstLarge('b')).toBe(true)
  const few = createPlaces({ slots: () => 2, largeSlots: () => 1 })
  few.take(true, 'a')
  expect(few.isFreeForFirstLarge('b')).toBe(false)
})
