import { expect, test } from 'vitest'
import { createPlaces, type Place } from './places.ts'

const sixteen = { slots: () => 16, largeSlots: () => 2 }

test('a place is free again once the bytes are there, before the attempt has ended', () => {
  const places = createPlaces(sixteen)
  const taken = Array.from({ length: 16 }, () => places.take(false))
  expect(places.areFree()).toBe(false)
  taken[0]?.onReceived()
  expect(places.areFree()).toBe(true)
})

test('no more than so many wait for the disk, and each that ends makes room for one', () => {
  const places = createPlaces(sixteen)
  const landing: Place[] = []
  while (places.areFree()) {
    const place = places.take(false)
    place.onReceived()
    landing.push(place)
  }
  expect(landing.length).toBe(16 + 128)
  landing[0]?.free()
  expect(places.areFree()).toBe(true)
  places.take(false)
  expect(places.areFree()).toBe(false)
})

test('an end that is told twice, or after which bytes are told of, counts once', () => {
  const places = createPlaces({ slots: () => 1, largeSlots: () => 1 })
  const place = places.take(true)
  place.onReceived()
  place.onReceived()
  place.free()
  place.free()
  place.onReceived()
  const next = places.take(true)
  expect([places.areFree(), places.areFreeForLarge()]).toEqual([false, false])
  next.free()
  expect([places.areFree(), places.areFreeForLarge()]).toEqual([true, true])
})

test('large files hold only some places, until their bytes are there', () => {
  const places = createPlaces(sixteen)
  const large = places.take(true)
  places.take(true)
  expect([places.areFree(), places.areFreeForLarge()]).toEqual([true, false])
  large.onReceived()
  expect(places.areFreeForLarge()).toBe(true)
})
